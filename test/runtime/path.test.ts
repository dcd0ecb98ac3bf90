/** How live counts follow from handled events: every row is one contact's history and the sums that must come out of it. */
import { describe, expect, test } from 'vitest'
import type { TraceLine } from '../../server/engine/index.ts'
import { type FindVersion, followPath, newPath, SPAN_MS, spansBack } from '../../server/runtime/path.ts'
import type { BlockCount, HandledStep, StoredPath } from '../../server/store/index.ts'

const find: FindVersion = {
  byHash: (hash, at) => ({ flow: 'f', version: hash === 'h1' && at < 50 * SPAN_MS ? 1 : 2 }),
  byFlow: flow => ({ flow, version: 7 }),
}
const left = (block: string, exit?: string): TraceLine => ({ kind: 'left', block, ...(exit === undefined ? {} : { exit }) })
const waits = (block: string): TraceLine => ({ kind: 'waits', block })
const ended: TraceLine = { kind: 'owner', why: 'The conversation closes: expired.', code: 'session.ended' }

interface Handled {
  readonly trace: readonly TraceLine[]
  /** In spans. */
  readonly at?: number
  readonly conversation?: number
  readonly hash?: string
}

function stepsOf(handled: readonly Handled[]): readonly HandledStep[] {
  return handled.map(({ trace, at = 1, conversation = 1, hash = 'h1' }, index) => ({ step: index + 1, conversation, now: at * SPAN_MS + 5, hash, trace }))
}

/** Sums from a span on, without zeros: `f 1 came menu` to how many. */
function sums(changes: readonly BlockCount[], since = 0, length = SPAN_MS): Readonly<Record<string, number>> {
  const result: Record<string, number> = {}
  for (const { flow, version, span, at, counted, block, exit, count } of changes) {
    if (span !== length || at < since * SPAN_MS) continue
    const name = [flow, version, counted, block, exit].join(' ').trim()
    result[name] = (result[name] ?? 0) + count
  }
  return Object.fromEntries(Object.entries(result).filter(([, count]) => count !== 0))
}

const follow = (handled: readonly Handled[], path: StoredPath = newPath('a'), now = 0) => followPath(path, stepsOf(handled), find, now)

const rows: readonly { name: string; handled: readonly Handled[]; since?: number; sums: Readonly<Record<string, number>>; waits?: string | null }[] = [
  {
    name: 'a conversation counts in every block it entered and every exit it took',
    handled: [{ trace: [left('start', 'next'), left('hello', 'next'), waits('menu')] }],
    sums: { 'f 1 conversation': 1, 'f 1 came start': 1, 'f 1 exit start next': 1, 'f 1 came hello': 1, 'f 1 exit hello next': 1, 'f 1 came menu': 1 },
    waits: 'menu',
  },
  {
    name: 'it counts once, however often it comes by',
    handled: [{ trace: [waits('menu')] }, { trace: [left('menu', 'again'), waits('menu')] }, { trace: [left('menu', 'again'), waits('menu')], at: 3 }],
    sums: { 'f 1 conversation': 1, 'f 1 came menu': 1, 'f 1 exit menu again': 1 },
  },
  {
    name: 'it counts in the last hour when it came by again in that hour',
    handled: [{ trace: [waits('menu')] }, { trace: [left('menu', 'on'), waits('ask')], at: 4 }],
    since: 2,
    sums: { 'f 1 conversation': 1, 'f 1 came menu': 1, 'f 1 exit menu on': 1, 'f 1 came ask': 1 },
  },
  {
    name: 'a session that ends in a wait is left there',
    handled: [{ trace: [waits('menu')] }, { trace: [ended], at: 2 }],
    since: 2,
    sums: { 'f 1 left_here menu': 1 },
    waits: null,
  },
  {
    name: 'the end of a flow is no place where it is left',
    handled: [{ trace: [waits('menu')] }, { trace: [left('menu', 'on'), left('bye'), ended] }],
    sums: { 'f 1 conversation': 1, 'f 1 came menu': 1, 'f 1 exit menu on': 1, 'f 1 came bye': 1 },
    waits: null,
  },
  {
    name: 'an exit that leads nowhere is where it is left',
    handled: [{ trace: [left('menu', 'on'), { kind: 'owner', block: 'menu', exit: 'on', code: 'incomplete' }, ended] }],
    sums: { 'f 1 conversation': 1, 'f 1 came menu': 1, 'f 1 exit menu on': 1, 'f 1 left_here menu': 1 },
  },
  {
    name: 'a block that failed without a way on is where it is left',
    handled: [{ trace: [left('start', 'next'), { kind: 'failed', block: 'ask' }, ended] }],
    sums: { 'f 1 conversation': 1, 'f 1 came start': 1, 'f 1 exit start next': 1, 'f 1 came ask': 1, 'f 1 left_here ask': 1 },
  },
  {
    name: 'a new conversation of the same contact counts anew',
    handled: [{ trace: [waits('menu')] }, { trace: [ended, waits('menu')], conversation: 2 }],
    sums: { 'f 1 conversation': 2, 'f 1 came menu': 2, 'f 1 left_here menu': 1 },
    waits: 'menu',
  },
  {
    name: 'conversations that begin and end in one step count each',
    handled: [{ trace: [left('start', 'next'), left('bye'), ended] }, { trace: [left('start', 'next'), left('bye'), ended], conversation: 2 }],
    sums: { 'f 1 conversation': 2, 'f 1 came start': 2, 'f 1 exit start next': 2, 'f 1 came bye': 2 },
    waits: null,
  },
  {
    name: 'a running session stays on its version when the same file is published again',
    handled: [{ trace: [waits('menu')] }, { trace: [left('menu', 'on'), waits('ask')], at: 60 }],
    sums: { 'f 1 conversation': 1, 'f 1 came menu': 1, 'f 1 exit menu on': 1, 'f 1 came ask': 1 },
  },
  {
    name: 'a session that begins afterwards runs on the new version',
    handled: [{ trace: [waits('menu')] }, { trace: [ended, left('start', 'next'), waits('menu')], at: 60 }],
    since: 60,
    sums: { 'f 1 left_here menu': 1, 'f 2 conversation': 1, 'f 2 came start': 1, 'f 2 exit start next': 1, 'f 2 came menu': 1 },
  },
  {
    name: 'blocks of a called flow count for that flow',
    handled: [{ trace: [left('start', 'next'), { kind: 'waits', flow: 'g', block: 'ask' }] }],
    sums: { 'f 1 conversation': 1, 'f 1 came start': 1, 'f 1 exit start next': 1, 'g 7 conversation': 1, 'g 7 came ask': 1 },
  },
  {
    name: 'what changes nothing counts nothing',
    handled: [
      {
        trace: [
          { kind: 'ignored', block: 'menu' },
          { kind: 'message', block: 'menu' },
        ],
      },
    ],
    sums: {},
  },
]

describe('the path of a conversation', () => {
  test.each(rows)('$name', ({ handled, since, sums: expected, waits: at }) => {
    const { path, changes } = follow(handled)
    expect(sums(changes, since)).toEqual(expected)
    if (at !== undefined) expect(path.waits?.block ?? null).toBe(at)
  })

  test.each(rows)('is the same when it is followed one event at a time: $name', ({ handled }) => {
    let path = newPath('a')
    const changes: BlockCount[] = []
    for (const step of stepsOf(handled)) {
      const next = followPath(path, [step], find, 0)
      path = JSON.parse(JSON.stringify(next.path))
      changes.push(...next.changes)
    }
    expect(path).toEqual(follow(handled).path)
    expect(sums(changes)).toEqual(sums(follow(handled).changes))
  })

  test.each(rows)('is the same in hours: $name', ({ handled }) => {
    const { changes } = follow(handled)
    expect(sums(changes, 0, 3_600_000)).toEqual(sums(changes))
  })

  test('what is too old to be asked for is followed and not counted', () => {
    const longAfter = 5 * SPAN_MS + 2 * 3_600_000
    const { path, changes } = follow([{ trace: [waits('menu')] }, { trace: [left('menu', 'on'), waits('ask')], at: 9 }], newPath('a'), longAfter)
    expect(sums(changes)).toEqual({ 'f 1 conversation': 1, 'f 1 came menu': 1, 'f 1 exit menu on': 1, 'f 1 came ask': 1 })
    expect(changes.every(({ span, at, count }) => span !== SPAN_MS || (at >= 5 * SPAN_MS && count > 0))).toBe(true)
    expect(path).toMatchObject({ step: 2, waits: { block: 'ask' } })
  })

  test.each([
    { back: 3_600_000, span: SPAN_MS },
    { back: 86_400_000, span: 3_600_000 },
    { back: 7 * 86_400_000, span: 3_600_000 },
  ])('a time of $back ms is summed in spans of $span ms that begin before it', ({ back, span }) => {
    const now = 1_763_650_123_456
    const wanted = spansBack(now, back)
    expect(wanted.span).toBe(span)
    expect(wanted.since % span).toBe(0)
    expect(now - back - wanted.since).toBeLessThan(span)
  })
})
