/**
 * Follows a conversation through its flow, event by event, and says how the live counts change. A conversation counts where it
 * passed something for the last time: so the sum over any time that ends now counts each conversation once, however often it came by.
 */
import { SESSION_ENDED, type TraceLine } from '../engine/index.ts'
import type { BlockCount, Counted, HandledStep, StoredPath } from '../store/index.ts'

/** A conversation counts where it passed something last, to this exactness (ms). */
export const SPAN_MS = 600_000
const HOUR_MS = 3_600_000

/** Counts are kept twice: in short spans for the last hour, in hours for the last day and week, so that a sum has few rows to read (ms). */
export const SPANS = [
  { span: SPAN_MS, keptMs: 2 * HOUR_MS },
  { span: HOUR_MS, keptMs: 7 * 24 * HOUR_MS + HOUR_MS },
] as const
/** The longest time that is counted. */
const LONGEST = SPANS[1]

/** A version of a flow. */
export interface Version {
  readonly flow: string
  readonly version: number
}

/** Finds the version that ran: by the hash an event has on record, or the one of a called flow that was live then. */
export interface FindVersion {
  byHash(hash: string, at: number): Version | undefined
  byFlow(flow: string, at: number): Version | undefined
}

/** The beginning of the span that a time lies in. */
export function spanOf(at: number, span: number): number {
  return at - (at % span)
}

/** The spans whose sums answer for a time back from now, and where they begin. */
export function spansBack(now: number, backMs: number): { readonly span: number; readonly since: number } {
  const { span } = SPANS.find(({ span, keptMs }) => backMs + span <= keptMs) ?? LONGEST
  return { span, since: spanOf(now - backMs, span) }
}

/** The path of a contact none of whose events is counted. */
export function newPath(contact: string): StoredPath {
  return { contact, conversation: 0, step: 0, seq: 0, flow: null, version: null, hash: null, waits: null, passes: {} }
}

type Mutable<T> = { -readonly [key in keyof T]: T[key] }

/** Adds handled events, in the order of handling. What nobody can ask for any more at `now` is followed but not counted. */
export function followPath(
  before: StoredPath,
  steps: readonly HandledStep[],
  find: FindVersion,
  now: number,
): { readonly path: StoredPath; readonly changes: readonly BlockCount[] } {
  const path: Mutable<StoredPath> = { ...before }
  let passes: Record<string, number> = { ...before.passes }
  const changes = new Map<string, number>()

  const change = (key: string, span: number, at: number, by: number) => {
    const place = `${span} ${at} ${key}`
    changes.set(place, (changes.get(place) ?? 0) + by)
  }
  const pass = (version: Version, at: number, counted: Counted, block: string, exit = '') => {
    const key = `${version.flow} ${version.version} ${counted} ${block} ${exit}`
    const last = passes[key]
    if (last === at) return
    for (const { span, keptMs } of SPANS) {
      const [before, after] = [last === undefined ? undefined : spanOf(last, span), spanOf(at, span)]
      if (before === after) continue
      if (before !== undefined && before >= now - keptMs) change(key, span, before, -1)
      if (after >= now - keptMs) change(key, span, after, 1)
    }
    passes[key] = at
  }
  const enter = (hash: string | null, now: number) => {
    const version = hash === null ? undefined : find.byHash(hash, now)
    path.flow = version?.flow ?? null
    path.version = version?.version ?? null
    path.hash = hash
  }
  /** The version whose block a line is about. */
  const versionOf = (line: TraceLine, { hash, now }: HandledStep): Version | undefined => {
    if (path.flow === null) enter(hash, now)
    if (line.flow !== undefined && line.flow !== path.flow) return find.byFlow(line.flow, now)
    return path.flow === null || path.version === null ? undefined : { flow: path.flow, version: path.version }
  }
  const leave = (at: number) => {
    if (path.waits) pass(path.waits, at, 'left_here', path.waits.block)
    path.waits = null
  }
  const begin = (conversation: number) => {
    if (conversation === path.conversation) return
    path.conversation = conversation
    passes = {}
  }

  for (const step of steps) {
    const { trace, hash, conversation } = step
    const at = spanOf(step.now, SPAN_MS)
    // A session that waited and ends in this step: the lines before its end are its own, even if a new conversation opens then.
    const endsFirst = path.waits !== null && trace.some(line => line.code === SESSION_ENDED)
    if (!endsFirst) begin(conversation)
    if (!endsFirst && hash !== null && hash !== path.hash) enter(hash, step.now)
    for (const line of trace) {
      if (line.code === SESSION_ENDED) {
        leave(at)
        path.flow = path.version = path.hash = null
        begin(conversation)
        continue
      }
      const { block, exit, kind } = line
      if (block === undefined) continue
      const version = versionOf(line, step)
      if (!version) continue
      if (kind === 'left') {
        pass(version, at, 'conversation', '')
        pass(version, at, 'came', block)
        if (exit !== undefined) pass(version, at, 'exit', block, exit)
        path.waits = null
      } else if (kind === 'waits' || kind === 'failed') {
        pass(version, at, 'conversation', '')
        pass(version, at, 'came', block)
        // A block that failed is where the session ends, unless its `error` exit or another block follows.
        path.waits = { ...version, block }
      } else if (line.code === 'incomplete') pass(version, at, 'left_here', block)
    }
    begin(conversation)
    path.step = step.step
  }
  const kept = Object.entries(passes).filter(([, at]) => spanOf(at, LONGEST.span) >= now - LONGEST.keptMs)
  return { path: { ...path, passes: Object.fromEntries(kept) }, changes: [...changes].filter(([, by]) => by !== 0).map(([place, by]) => countOf(place, by)) }
}

function countOf(place: string, count: number): BlockCount {
  const [span, at, flow = '', version, counted, block = '', exit = ''] = place.split(' ')
  // `pass` made the text a moment ago.
  return { span: Number(span), at: Number(at), flow, version: Number(version), counted: counted as Counted, block, exit, count }
}
