/** Every fix does what its verb says: the problem is gone, and no error comes in its place. */
import { describe, expect, it } from 'vitest'
import { type EditorView, NOTHING_CHOSEN } from '../../../designer/commands/index.ts'
import { shownOf } from '../../../designer/draft/begun.ts'
import { connectAll, fixOf, missingLanguage } from '../../../designer/problems/fixes/index.ts'
import { splitByLanguage } from '../../../designer/problems/fixes/split.ts'
import { exitsOfProblems, foldExits, groupProblems, sentenceOf } from '../../../designer/problems/list.ts'
import { needsOf } from '../../../designer/problems/needs.ts'
import { pathMarks } from '../../../designer/problems/path-marks.ts'
import { ABILITIES } from '../../../server/channels/abilities.ts'
import { type Block, type Flow, lintFlow, type Problem } from '../../../server/engine/index.ts'

const channels = [ABILITIES.telegram]
const context = { channels, queues: new Set(['default', 'support']) }
const flowOf = (blocks: Record<string, Block>, more: Partial<Flow> = {}): Flow => ({
  format: 1,
  id: 'sample',
  name: 'Sample',
  languages: ['en'],
  blocks: { start: { type: 'start', exits: { next: Object.keys(blocks)[0] ?? 'start' } }, ...blocks },
  ...more,
})
const viewOf = (flow: Flow): EditorView => ({ flow, selection: NOTHING_CHOSEN, problems: [], pointer: undefined, sizes: new Map(), readOnly: false })
const find = (flow: Flow, code: string): Problem => {
  const found = lintFlow(flow, context).find(problem => problem.code === code)
  if (!found) throw new Error(`No problem "${code}": ${lintFlow(flow, context).map(problem => problem.code)}`)
  return found
}
const mend = (flow: Flow, code: string) => {
  const problem = find(flow, code)
  const fix = fixOf(problem, { view: viewOf(flow), channels })
  return { problem, label: fix?.label, flow: fix?.apply?.(viewOf(flow))?.flow }
}

const bye: Block = { type: 'end', text: 'Bye' }
const long = 'A sentence that says a little. '.repeat(200)

describe('fixes', () => {
  it.each<[string, string, Flow]>([
    [
      'unconnected_exit',
      'Connect to Nobody free',
      flowOf({
        q: { type: 'queue', queue: 'support', max_wait: '5 min', exits: { ended: 'bye', full: 'nobody', unavailable: 'nobody', left: 'bye' } },
        bye,
        nobody: { type: 'abandon', label: 'Nobody free' },
      }),
    ],
    [
      'unconnected_next',
      'Connect to Bye',
      flowOf({
        w: { type: 'wait', for: '1 min', exits: { message: 'm' } },
        m: { type: 'message', text: 'Hi', exits: { next: 'w' } },
        bye: { ...bye, label: 'Bye' },
      }),
    ],
    [
      'first_message_unread',
      'Go straight to Topic',
      flowOf({
        hello: { type: 'greeting', text: 'Hi', exits: { next: 'hear' } },
        hear: { type: 'listen', timeout: '1 h', exits: { message: 'topic', timeout: 'bye' } },
        topic: { type: 'keywords', label: 'Topic', cases: [{ id: 'a', words: ['x'] }], exits: { a: 'bye', else: 'bye' } },
        bye,
      }),
    ],
    [
      'silent_queue',
      'Add a waiting text',
      flowOf({
        q: { type: 'queue', queue: 'default', max_wait: '5 min', exits: { ended: 'bye', timeout: 'bye', full: 'bye', unavailable: 'bye', left: 'bye' } },
        bye,
      }),
    ],
    ['unknown_exit', 'Remove the connection', flowOf({ hello: { type: 'greeting', text: 'Hi', exits: { next: 'bye', gone: 'bye' } }, bye })],
    ['unknown_block', 'Remove the connection', flowOf({ hello: { type: 'greeting', text: 'Hi', exits: { next: 'bye', error: 'nothing' } }, bye })],
    [
      'unreachable_block',
      'Connect to Message',
      flowOf({ hello: { type: 'greeting', text: 'Hi' }, more: { type: 'message', text: 'More', exits: { next: 'bye' } }, bye }),
    ],
    ['no_start', 'Add a start', { ...flowOf({}), blocks: { bye } }],
    ['second_entry', 'Delete Again', flowOf({ bye, again: { type: 'start', exits: { next: 'bye' } } })],
    [
      'loop_never_waits',
      'Insert a listen',
      flowOf({ a: { type: 'message', text: 'A', exits: { next: 'b' } }, b: { type: 'message', text: 'B', exits: { next: 'a' } } }),
    ],
    ['undeclared_variable', 'Declare “order number”', flowOf({ say: { type: 'message', text: 'It is {{ vars.order_number }}', exits: { next: 'bye' } }, bye })],
    ['undeclared_variable', 'Declare “customer”', flowOf({ say: { type: 'message', text: 'You are {{ contact.customer }}', exits: { next: 'bye' } }, bye })],
    ['unused_variable', 'Remove “old”', flowOf({ bye }, { variables: { old: { type: 'text' } } })],
    ['unused_intent', 'Remove “old”', flowOf({ bye }, { intents: { old: { phrases: { en: ['x'] } } } })],
    [
      'unknown_queue',
      'Use the default queue',
      flowOf({
        q: { type: 'queue', queue: 'nowhere', max_wait: '5 min', exits: { ended: 'bye', timeout: 'bye', full: 'bye', unavailable: 'bye', left: 'bye' } },
        bye,
      }),
    ],
    ['wait_without_timeout', 'Add a timeout of 1 day', flowOf({ ask: { type: 'question', text: 'Who?', exits: { answered: 'bye', invalid: 'bye' } }, bye })],
    ['text_over_limit', 'Split the text', flowOf({ say: { type: 'message', text: long, exits: { next: 'bye' } }, bye })],
    [
      'min_over_max',
      'Swap the two',
      flowOf({
        ask: { type: 'question', text: 'Age?', answer: 'number', min: 99, max: 1, timeout: '1 h', exits: { answered: 'bye', invalid: 'bye', timeout: 'bye' } },
        bye,
      }),
    ],
    ['two_durations', 'Remove it', flowOf({ w: { type: 'wait', for: '1 min', until: '08:00', exits: { next: 'bye' } }, bye })],
    ['no_duration', 'Wait 5 min', flowOf({ w: { type: 'wait', exits: { next: 'bye' } }, bye })],
    ['empty_case', 'Remove the case', flowOf({ c: { type: 'condition', cases: [{ id: 'a' }], exits: { else: 'bye' } }, bye })],
    [
      'doubled_id',
      'Rename it “a 2”',
      flowOf({
        k: {
          type: 'keywords',
          cases: [
            { id: 'a', words: ['x'] },
            { id: 'a', words: ['y'] },
          ],
          exits: { a: 'bye', else: 'bye' },
        },
        bye,
      }),
    ],
  ])('of %s: %s', (code, label, flow) => {
    const mended = mend(flow, code)
    expect(mended.label).toBe(label)
    if (!mended.flow) throw new Error('The fix did nothing.')
    expect(lintFlow(mended.flow, context).filter(problem => problem.code === code && problem.at === mended.problem.at)).toEqual([])
    const errors = (of: Flow) => lintFlow(of, context).filter(problem => problem.severity === 'error').length
    // A case that gets a name of its own may get an exit that is still open.
    expect(errors(mended.flow)).toBeLessThanOrEqual(errors(flow))
  })

  it('offers what may come next where nothing is the obvious one', () => {
    const flow = flowOf({ hello: { type: 'greeting', text: 'Hi' } })
    const fix = fixOf(find(flow, 'dead_end'), { view: viewOf(flow), channels })
    expect(fix).toMatchObject({ label: 'Add what comes next', apply: undefined })
    const [types] = fix?.choices?.() ?? []
    expect(types?.title).toBe('A new block')
    expect(types?.fixes.map(({ label }) => label).slice(0, 4)).toEqual(['Greeting', 'Message', 'Question', 'Menu'])
    const mended = types?.fixes.find(({ label }) => label === 'Message')?.apply?.(viewOf(flow))?.flow
    expect(mended?.blocks[mended.blocks.hello?.exits?.next ?? '']?.type).toBe('message')
  })

  it('connects to the block below that nothing comes to, whatever was added last', () => {
    const layout = { start: [0, 0], hello: [0, 100], ask: [0, 300], far: [0, 600] } as const
    const blocks = {
      hello: { type: 'greeting', text: 'Hi' },
      far: { type: 'message', label: 'Far', text: 'x' },
      ask: { type: 'message', label: 'Near', text: 'y' },
    }
    expect(mend(flowOf(blocks, { layout }), 'dead_end').label).toBe('Connect to Near')
    const { far, ...others } = blocks
    expect(mend(flowOf({ ...others, far }, { layout }), 'dead_end').label).toBe('Connect to Near')
  })

  it('offers the blocks that are as good as each other', () => {
    const exits = { ended: 'bye', timeout: 'bye', full: 'bye', left: 'bye' }
    const flow = flowOf({ q: { type: 'queue', queue: 'default', text: 'x', max_wait: '5 min', exits }, bye, late: { type: 'end', label: 'Late' } })
    const fix = fixOf(find(flow, 'unconnected_exit'), { view: viewOf(flow), channels })
    expect(fix?.label).toBe('Connect to…')
    expect(
      fix
        ?.choices?.()[0]
        ?.fixes.map(({ label }) => label)
        .sort(),
    ).toEqual(['End', 'Late'])
  })

  it('leads all open exits of a block to one block, old or new', () => {
    const flow = flowOf({ q: { type: 'queue', queue: 'default', text: 'x', max_wait: '5 min', exits: { ended: 'bye' } }, bye })
    const [existing, types] = connectAll(flow, 'q', ['timeout', 'full', 'unavailable', 'left']).choices?.() ?? []
    const led = existing?.fixes.find(({ label }) => label === 'End')?.apply?.(viewOf(flow))?.flow
    expect(Object.values(led?.blocks.q?.exits ?? {})).toEqual(['bye', 'bye', 'bye', 'bye', 'bye'])
    const added = types?.fixes.find(({ label }) => label === 'Abandon')?.apply?.(viewOf(flow))?.flow
    expect(new Set(Object.values(added?.blocks.q?.exits ?? {}))).toEqual(new Set(['bye', 'abandon']))
  })

  it('leads past a listen only where nothing comes back', () => {
    const flow = flowOf({
      hello: { type: 'greeting', text: 'Hi', exits: { next: 'hear' } },
      hear: { type: 'listen', timeout: '1 h', exits: { message: 'topic', timeout: 'bye' } },
      topic: { type: 'keywords', cases: [{ id: 'a', words: ['x'] }], exits: { a: 'bye', else: 'hello' } },
      bye,
    })
    expect(mend(flow, 'first_message_unread').label).toBeUndefined()
  })

  it('brings a timeout back whose connection is still there', () => {
    const flow = flowOf({ ask: { type: 'question', text: 'Who?', exits: { answered: 'bye', invalid: 'bye', timeout: 'bye' } }, bye })
    expect(mend(flow, 'unknown_exit')).toMatchObject({
      label: 'Add a timeout of 1 day',
      flow: { blocks: { ask: { timeout: '1 day', exits: { timeout: 'bye' } } } },
    })
  })

  it('deletes no block that only waits for the one before it', () => {
    const flow = flowOf({
      bye,
      lost: { type: 'message', text: 'x', exits: { next: 'behind' } },
      behind: { type: 'message', text: 'y', exits: { next: 'bye' } },
    })
    const fixes = lintFlow(flow, context)
      .filter(problem => problem.code === 'unreachable_block')
      .map(problem => [problem.block, fixOf(problem, { view: viewOf(flow), channels })?.label])
    expect(fixes).toEqual([
      ['lost', 'Delete Lost'],
      ['behind', undefined],
    ])
  })

  it('leads a new timeout where the flow gives up', () => {
    const flow = flowOf({ ask: { type: 'question', text: 'Who?', exits: { answered: 'bye', invalid: 'bye' } }, bye, gone: { type: 'abandon' } })
    expect(mend(flow, 'wait_without_timeout').flow?.blocks.ask).toMatchObject({ timeout: '1 day', exits: { timeout: 'gone' } })
  })

  it('splits a text into messages that say all of it, in order', () => {
    const flow = mend(flowOf({ say: { type: 'message', text: long, exits: { next: 'bye' } }, bye }), 'text_over_limit').flow
    const [first, second] = [flow?.blocks.say, flow?.blocks[flow?.blocks.say?.exits?.next ?? '']]
    expect(`${first?.text} ${second?.text}`.trim() === long.trim()).toBe(true)
    expect(second?.exits?.next).toBe('bye')
    expect(splitByLanguage({ en: 'One. Two.', de: 'Eins.' }, 5)).toEqual([{ en: 'One.', de: 'Eins.' }, { en: 'Two.' }])
  })

  it('declares a variable as what is stored in it', () => {
    const flow = flowOf({
      rate: {
        type: 'rate',
        text: 'How?',
        bands: [{ id: 'all', from: 1, to: 5 }],
        variable: 'stars',
        timeout: '1 h',
        exits: { all: 'bye', else: 'bye', timeout: 'bye' },
      },
      bye,
    })
    expect(mend(flow, 'undeclared_variable').flow?.variables).toEqual({ stars: { type: 'number' } })
  })

  it('leads a person to what only a person can do', () => {
    const flow = flowOf({ say: { type: 'message', text: { en: 'Hi' }, exits: { next: 'bye' } }, bye }, { languages: ['en', 'de'] })
    const problem = find(flow, 'missing_translation')
    expect(fixOf(problem, { view: viewOf(flow), channels })).toEqual({ label: 'Translate', apply: undefined })
    expect(missingLanguage(flow, problem.at)).toBe('de')
  })
})

describe('the list of problems', () => {
  it('has one row for the open exits of a block', () => {
    const open = flowOf({ team: { type: 'queue', label: 'Team', queue: 'default', text: 'x', max_wait: '5 min', exits: { ended: 'bye' } }, bye })
    const rows = foldExits(lintFlow(open, context))
    expect(rows.map(({ problems: folded }) => folded.length)).toEqual([4])
    expect(exitsOfProblems(rows[0]?.problems ?? [])).toEqual(['timeout', 'full', 'unavailable', 'left'])
  })

  it('says quietly what a block that was just added lacks', () => {
    const fresh = flowOf({ ask: { type: 'question', text: '', timeout: '1 day' } })
    const found = lintFlow(fresh, context)
    expect(needsOf(found, new Set(['ask']))).toBe('Needs a text and 3 connections')
    expect(shownOf(found, new Set(['ask']))).toEqual([])
    expect(needsOf(found, new Set())).toBeUndefined()
    const wrong = lintFlow(flowOf({ say: { type: 'message', text: '{{ oops' } }), context)
    expect(shownOf(wrong, new Set(['say'])).map(({ code }) => code)).toEqual(['invalid_template'])
  })

  const flow = flowOf(
    { say: { type: 'message', label: 'Hello', text: '', exits: {} }, lost: { type: 'message', text: 'x', exits: { next: 'lost' } } },
    { variables: { old: { type: 'text' } } },
  )
  const problems = lintFlow(flow, context)
  const all = { severity: undefined, text: '' } as const
  it('is one list, errors first', () => {
    const [only] = groupProblems(flow, problems, all, 'none')
    expect(only?.problems).toEqual(problems)
    expect(only?.problems[0]?.severity).toBe('error')
  })
  it('groups by block and by kind, and keeps what belongs to no block', () => {
    expect(groupProblems(flow, problems, all, 'block').map(group => group.title)).toContain('The whole flow')
    expect(groupProblems(flow, problems, all, 'kind').map(group => group.title)).toContain('Unused variables')
  })
  it('filters by severity and by words of the sentence', () => {
    expect(groupProblems(flow, problems, { severity: 'warning', text: '' }, 'none')[0]?.problems.every(problem => problem.severity === 'warning')).toBe(true)
    expect(groupProblems(flow, problems, { severity: undefined, text: 'nothing like it' }, 'none')).toEqual([])
  })
  it('says the name of the block first, once', () => {
    const leads: Problem = { code: 'x', severity: 'warning', at: '/blocks/say', block: 'say', message: 'Hello does not lead on.' }
    expect(sentenceOf(flow, leads)).toEqual({ before: '', name: 'Hello', rest: ' does not lead on.' })
    expect(sentenceOf(flow, { ...leads, message: 'The message says nothing.' })).toEqual({ before: '', name: 'Hello', rest: ': The message says nothing.' })
    expect(sentenceOf(flow, { ...leads, message: 'No conversation comes to Hello.' })).toEqual({
      before: 'No conversation comes to ',
      name: 'Hello',
      rest: '.',
    })
  })
  it('shows a path by letting the rest step back', () => {
    const marks = pathMarks(flow, ['lost', 'lost'])
    expect([...(marks.blocks?.keys() ?? [])]).toEqual(['start', 'say'])
    expect([...(marks.connections?.keys() ?? [])]).toEqual(['start.next'])
  })
})
