import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ABILITIES } from '../../server/channels/abilities.ts'
import type { Problem } from '../../server/engine/errors.ts'
import type { Block, Flow } from '../../server/engine/file/flow.ts'
import { parseFlow } from '../../server/engine/file/parse.ts'
import { createLinter, type LintContext, lintFlow } from '../../server/engine/lint/index.ts'
import { randomFlow, runnableFlow } from '../helpers/random-flow.ts'
import rows from './lint.json' with { type: 'json' }

interface Row {
  readonly name: string
  readonly flows?: readonly string[]
  readonly queues?: readonly string[]
  readonly secrets?: readonly string[]
  readonly finds: readonly Partial<Problem>[]
}

const cases = rows as readonly Row[]

describe('the linter', () => {
  it.each(cases.map((row): [string, Row] => [row.name, row]))('%s', (_name, { name, flows, queues, secrets, finds, ...parts }) => {
    const known = { ...(flows && { flows: new Set(flows) }), ...(queues && { queues: new Set(queues) }), ...(secrets && { secrets: new Set(secrets) }) }
    const problems = lintFlow(flowOf(parts), { channels: [], ...known })
    expect(problems).toMatchObject(finds)
  })

  it('says what a bound channel cannot show, with the numbers', () => {
    const choices = Array.from({ length: 12 }, (_, index) => ({
      id: `c${index}`,
      label: index === 0 ? 'A label that is far too long for a button' : `No ${index}`,
    }))
    const flow = flowOf({
      blocks: {
        start: { type: 'start', exits: { next: 'hello' } },
        hello: { type: 'message', text: 'x'.repeat(4500), exits: { next: 'topic' } },
        topic: {
          type: 'menu',
          text: 'What?',
          timeout: '5 min',
          choices,
          exits: Object.fromEntries([...choices.map(({ id }) => [id, 'bye']), ['else', 'bye'], ['timeout', 'bye']]),
        },
        bye: { type: 'end' },
      },
    })
    expect(lintFlow(flow, { channels: [] })).toEqual([])
    const found = lintFlow(flow, { channels: [ABILITIES.telegram, ABILITIES.messenger, ABILITIES.vonage] }).map(
      ({ code, at, message }) => `${code} ${at}: ${message}`,
    )
    const { telegram, messenger, vonage } = ABILITIES
    expect(found).toContain(`text_over_limit /blocks/hello/text: Message is 4,500 characters long; ${telegram.title} takes 4,096 in one message.`)
    expect(found).toContain(`text_over_limit /blocks/hello/text: Message is 4,500 characters long; ${messenger.title} takes 2,000 in one message.`)
    if (messenger.buttons.most < 12)
      expect(found).toContain(`buttons_over_limit /blocks/topic/choices: Menu has 12 buttons; ${messenger.title} shows at most ${messenger.buttons.most}.`)
    expect(found).toContain(`buttons_over_limit /blocks/topic/choices: Menu has 12 buttons; ${vonage.title} has none.`)
  })

  it('calls a block as lists do, also after another one without a label came or went', () => {
    const say = { type: 'message', text: 'Hello' } as const
    const one = flowOf({ blocks: { start: { type: 'start', exits: { next: 'say' } }, say } })
    const two: Flow = { ...one, blocks: { ...one.blocks, message_2: { type: 'message', text: 'Bye' } } }
    const aboutSay = (flow: Flow) => lintFlow(flow, { channels: [] }).find(problem => problem.block === 'say')?.message
    expect([one, two, { ...one, blocks: { ...one.blocks } }].map(aboutSay)).toEqual([
      'Message is a dead end: the conversation stops there without an outcome.',
      'Say is a dead end: the conversation stops there without an outcome.',
      'Message is a dead end: the conversation stops there without an outcome.',
    ])
  })

  it('has an answer for every well-formed flow, in sentences, errors first, at places that exist', () => {
    fc.assert(
      fc.property(randomFlow(), flow => {
        const problems = lintFlow(flow, { channels: Object.values(ABILITIES), flows: new Set(), queues: new Set() })
        const severities = problems.map(problem => problem.severity)
        expect(severities).toEqual([...severities].sort())
        for (const problem of problems) {
          expect(problem.message).toMatch(/[.?]$/)
          if (problem.block !== undefined) expect(flow.blocks).toHaveProperty(problem.block)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('following a flow through its edits says the same as looking at it for the first time', () => {
    const step = fc.record({
      what: fc.constantFrom(...Object.keys(EDITS)),
      at: fc.nat(1000),
      text: fc.constantFrom('', 'Hello', '{{ vars.word', '{{ vars.gone }}'),
    })
    fc.assert(
      fc.property(randomFlow(), randomFlow(), fc.array(step, { minLength: 1, maxLength: 12 }), (first, other, steps) => {
        const lint = createLinter()
        let now = first
        const contexts = [
          { channels: Object.values(ABILITIES) },
          { channels: [], flows: new Set<string>(), queues: new Set(['sales']), secrets: new Set<string>() },
        ]
        expect(lint(now, CONTEXT)).toEqual(lintFlow(first, CONTEXT))
        for (const { what, at, text } of steps) {
          now = EDITS[what]?.({ now, other, at, text }) ?? now
          const context = contexts[at % 7] ?? CONTEXT
          expect(lint(now, context)).toEqual(lintFlow(structuredClone(now), context))
        }
      }),
      { numRuns: 60 },
    )
  })

  it('finds no error in a flow that was made to run', () => {
    fc.assert(
      fc.property(runnableFlow(), flow => {
        expect(parseFlow(flow)).toMatchObject({ ok: true })
        expect(lintFlow(flow, { channels: [] }).filter(problem => problem.severity === 'error')).toEqual([])
      }),
      { numRuns: 40 },
    )
  })
})

const CONTEXT: LintContext = { channels: Object.values(ABILITIES) }

interface Edit {
  readonly now: Flow
  readonly other: Flow
  readonly at: number
  readonly text: string
}

/** What happens to a flow on the canvas and in the file. */
const EDITS: Readonly<Record<string, (edit: Edit) => Flow>> = {
  text: ({ now, at, text }) => changed(now, at, block => ({ ...block, text })),
  label: ({ now, at, text }) => changed(now, at, ({ label: _label, ...block }) => (text === '' ? block : { ...block, label: text })),
  'another block': ({ now, other, at }) => changed(now, at, block => Object.values(other.blocks)[at % Object.keys(other.blocks).length] ?? block),
  'the same block twice': ({ now, at }) => changed(now, at, block => Object.values(now.blocks)[(at * 7) % Object.keys(now.blocks).length] ?? block),
  exits: ({ now, at }) => changed(now, at, block => ({ ...block, exits: { ...block.exits, next: Object.keys(now.blocks)[at % 3] ?? 'gone' } })),
  removed: ({ now, at }) => withBlocks(now, Object.entries(now.blocks).toSpliced(at % Object.keys(now.blocks).length, 1)),
  added: ({ now, at, text }) => ({ ...now, blocks: { ...now.blocks, [`new_${at}`]: { type: at % 3 === 0 ? 'on_inactivity' : 'message', text } } }),
  'an intent': ({ now, at }) => ({ ...now, blocks: { ...now.blocks, [`new_${at}`]: { type: 'intent', intents: ['prices'] } } }),
  reversed: ({ now }) => withBlocks(now, Object.entries(now.blocks).toReversed()),
  'other declarations': ({ now, other }) => ({ ...other, blocks: now.blocks }),
  undeclared: ({ now: { variables, intents, ...flow }, at }) => ({ ...flow, ...(at % 2 === 0 ? variables && { variables } : intents && { intents }) }),
  moved: ({ now }) => ({ ...now, layout: {} }),
}

function changed(flow: Flow, at: number, change: (block: Block) => Block): Flow {
  const [id, block] = Object.entries(flow.blocks)[at % Object.keys(flow.blocks).length] ?? []
  return id === undefined || !block ? flow : { ...flow, blocks: { ...flow.blocks, [id]: change(block) } }
}

function withBlocks(flow: Flow, blocks: readonly (readonly [string, Block])[]): Flow {
  return { ...flow, blocks: Object.fromEntries(blocks) }
}

function flowOf(parts: object): Flow {
  const parsing = parseFlow({ format: 1, id: 'f', name: 'F', languages: ['en'], ...parts })
  if (!parsing.ok) throw new Error(JSON.stringify(parsing.problems))
  return parsing.flow
}
