import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blockViewOf } from '../../../designer/blocks/index.ts'
import {
  addBlock,
  addNote,
  COMMANDS,
  type Command,
  changeNote,
  clipOf,
  connect,
  duplicate,
  exitsOf,
  insertBlock,
  move,
  nudge,
  paste,
  renameBlock,
  type Selection,
  walk,
  writeText,
} from '../../../designer/commands/index.ts'
import { BLOCK_TYPES, type Flow, parseFlow, printFlow } from '../../../server/engine/index.ts'
import { readied, viewOf } from '../../helpers/drawing.ts'
import { randomFlow } from '../../helpers/random-flow.ts'

interface Step {
  readonly command: Command
  readonly args?: unknown
}

/** A command with arguments that fit the flow, drawn by numbers. */
function stepsFor(flow: Flow, numbers: readonly number[]): Step {
  const ids = Object.keys(flow.blocks)
  const [a = 0, b = 0, c = 0] = numbers
  const one = ids[a % Math.max(1, ids.length)] ?? 'none'
  const other = ids[b % Math.max(1, ids.length)] ?? 'none'
  const exits = exitsOf(flow.blocks[one] ?? { type: 'end' }).map(exit => exit.name)
  const exit = exits[c % Math.max(1, exits.length)] ?? 'next'
  const type = BLOCK_TYPES[b % BLOCK_TYPES.length]?.type ?? 'end'
  const block = blockViewOf(type)?.fresh() ?? { type: 'end' }
  const clip = clipOf(flow, { blocks: ids.slice(0, c % 5), connections: [], notes: [], frames: [] })
  const given: readonly (readonly [Command<never>, unknown])[] = [
    [addBlock, { block }],
    [addBlock, { block, from: { block: one, exit } }],
    [addBlock, { block, at: [a * 3, b * 5] }],
    [connect, { from: { block: one, exit }, to: other }],
    [insertBlock, { block: other, into: { block: one, exit } }],
    [move, { blocks: new Map([[one, [a, b]]]) }],
    [nudge, { by: [1, 0] }],
    [renameBlock, { block: one, label: `Name ${c}` }],
    [writeText, { block: one, setting: blockViewOf(flow.blocks[one]?.type ?? '')?.inlineText ?? 'none', language: 'en', text: 'Said' }],
    [addNote, { at: [a, b] }],
    [changeNote, { kind: 'note', id: 'note', text: 'Written', size: [100, 80] }],
    ...(clip ? ([[paste, { clip }]] as const) : []),
    [walk, { to: 'down' }],
    ...COMMANDS.map(command => [readied(command, viewOf(flow, selections(flow, [a, b, c]))) as Command<never>, undefined] as const),
  ]
  const [command, args] = given[(a + b + c) % given.length] ?? [duplicate as Command<never>, undefined]
  return { command: command as unknown as Command, args }
}

const selections = (flow: Flow, numbers: readonly number[]): Partial<Selection> => {
  const ids = Object.keys(flow.blocks)
  const blocks = [...new Set(numbers.map(number => ids[number % Math.max(1, ids.length)] ?? ''))].filter(id => id !== '')
  return { blocks: numbers[0] === 0 ? [] : blocks }
}

const draws = fc.array(fc.tuple(fc.nat(60), fc.nat(60), fc.nat(60)), { minLength: 1, maxLength: 6 })

describe('every command', () => {
  test('keeps the flow well-formed, and leaves the flow it was given as it was', () => {
    fc.assert(
      fc.property(randomFlow(), draws, (start, numbers) => {
        let flow = start
        for (const draw of numbers) {
          const { command, args } = stepsFor(flow, draw)
          const view = viewOf(flow, selections(flow, draw))
          const before = printFlow(flow)
          const edit = command.isAvailable(view) ? command.apply(view, args as undefined) : undefined
          expect(printFlow(flow), `${command.name} changed its argument`).toBe(before)
          if (!edit) continue
          const parsed = parseFlow(printFlow(edit.flow))
          expect(parsed.ok ? [] : parsed.problems, `${command.name} ${JSON.stringify(args)}`).toEqual([])
          flow = edit.flow
        }
      }),
      { numRuns: 150 },
    )
  })

  test('changes nothing in a draft that may only be looked at', () => {
    for (const command of COMMANDS) {
      const view = viewOf(
        { format: 1, id: 'a', name: 'A', languages: ['en'], blocks: { a: { type: 'end' }, b: { type: 'end' } } },
        { blocks: ['a', 'b'] },
        { readOnly: true },
      )
      const edit = command.isAvailable(view) ? readied(command, view).apply(view, undefined) : undefined
      expect(edit === undefined || edit.flow === view.flow, command.name).toBe(true)
    }
  })

  test('has a name of its own', () => {
    const names = COMMANDS.map(command => command.name)
    expect(new Set(names).size).toBe(names.length)
  })
})
