/** LiquidJS, locked down: no files, no code, no clock, no chance, only the tags and filters that are named here. */
import { Liquid } from 'liquidjs'
import type { formatDate } from './date-filter.ts'

/** Units of UTF-16 that one rendered text can have at most; what is longer is cut. */
export const MOST_TEXT = 65_536
/** What filters may build in one rendering, in characters and list places; LiquidJS throws beyond it. */
const MEMORY_LIMIT = 100_000

const TAGS = new Set(['if', 'unless', 'case', 'for', 'assign', 'capture', 'comment', 'raw', 'break', 'continue', '#'])

/** Filters that answer at once. Left out are those that read a clock or roll dice, and those that make code or keys. */
const DIRECT_FILTERS = [
  ...['abs', 'append', 'at_least', 'at_most', 'capitalize', 'ceil', 'concat', 'date', 'default', 'divided_by', 'downcase', 'escape'],
  ...['first', 'floor', 'join', 'json', 'last', 'lstrip', 'minus', 'modulo', 'newline_to_br', 'plus', 'prepend', 'remove', 'remove_first', 'remove_last'],
  ...['replace', 'replace_first', 'replace_last', 'reverse', 'round', 'rstrip', 'size', 'slice', 'split', 'squish', 'strip', 'strip_html'],
  ...['strip_newlines', 'times', 'truncate', 'truncatewords', 'uniq', 'upcase', 'url_decode', 'url_encode'],
]
/** Filters that LiquidJS runs as generators, because they may look into the items of a list. */
const LIST_FILTERS = ['compact', 'find', 'map', 'reject', 'sort', 'sort_natural', 'sum', 'where']

/** What filters of ours may know of a rendering; the register of this name holds it. */
export interface RenderFacts {
  readonly now: number
  readonly time_zone: string
  readonly language?: string
}

/** What a filter finds in `this`. */
export interface FilterThis {
  readonly context: { getRegister(key: string): unknown }
}

/** A filter as LiquidJS keeps it. */
export type FilterHandler = (this: FilterThis, value: unknown, ...args: unknown[]) => unknown

/** The one instance: it keeps nothing between two renderings. */
export const liquid = lockedDown()

/** A filter that answers at once, so that a closure can call it; undefined for the others. */
export function directFilter(name: string): FilterHandler | undefined {
  if (!DIRECT_FILTERS.includes(name)) return undefined
  // LiquidJS also takes filters with options, but those that are listed are all functions.
  return liquid.filters[name] as FilterHandler | undefined
}

function lockedDown(): Liquid {
  const engine = new Liquid({ templates: {}, ownPropertyOnly: true, strictFilters: true, memoryLimit: MEMORY_LIMIT, parseLimit: MEMORY_LIMIT, cache: false })
  for (const name of Object.keys(engine.tags)) if (!TAGS.has(name)) delete engine.tags[name]
  engine.registerFilter('date', date)
  const allowed = new Set([...DIRECT_FILTERS, ...LIST_FILTERS])
  for (const name of Object.keys(engine.filters)) if (!allowed.has(name)) delete engine.filters[name]
  return engine
}

/** The `date` filter in the time zone of the scope; LiquidJS's own would read the machine's zone and clock. */
function date(this: FilterThis, value: unknown, format?: unknown, timeZone?: unknown): unknown {
  // Both registers are set by templates.ts before anything is rendered: reading a template needs no calendar.
  const facts = this.context.getRegister('facts') as RenderFacts
  const print = this.context.getRegister('format_date') as typeof formatDate
  return print(value, typeof format === 'string' ? format : undefined, {
    ...facts,
    ...(typeof timeZone === 'string' && { time_zone: timeZone }),
  })
}

/** Keeps a limiter's counts for one rendering, as LiquidJS's own does. */
export class MemoryLimit {
  private used = 0

  use(count: number): void {
    if (count > 0) this.used += count
    this.check(this.used)
  }

  check(count: number): void {
    if (count > MEMORY_LIMIT) throw new Error('memory alloc limit exceeded')
  }
}

/** Counts rendered pieces where LiquidJS measures milliseconds: the same template must give the same text on a slow day. */
export function countSteps(): () => void {
  let steps = 0
  return () => {
    if (++steps > 10_000) throw new Error('template render limit exceeded')
  }
}
