/** Block types in the order of the palette, or by how well they fit what somebody types. */
import { BLOCK_TYPES, type BlockGroup, type BlockType } from '../../server/engine/index.ts'
import { fitOf } from '../ui/fit.ts'

/** The palette's groups, in its order. */
export const GROUPS: readonly BlockGroup[] = ['entries', 'talk', 'understand', 'act', 'people', 'finish']

/** What the new block comes to. */
export interface Beside {
  /** It will stand behind an exit, where no entry can stand. */
  readonly isBehind: boolean
  /** The flow has its start; another one would never run. */
  readonly hasStart: boolean
}

/**
 * Types that fit; all for an empty query. Titles that begin with it come first, then words of titles, then what the type does.
 * Entries come last, since most flows need few of them.
 */
export function rankTypes(query: string, { isBehind, hasStart }: Beside): readonly BlockType[] {
  const wish = query.trim().toLowerCase()
  const types = BLOCK_TYPES.filter(type => (!isBehind || type.entry !== true) && (!hasStart || type.type !== 'start'))
  const groups = [...GROUPS.slice(1), ...GROUPS.slice(0, 1)]
  if (wish === '') return groups.flatMap(group => types.filter(type => type.group === group))
  return types
    .map(type => ({ type, score: scoreOf(type, wish) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)
    .map(({ type }) => type)
}

function scoreOf({ title, type, purpose }: BlockType, wish: string): number {
  const fit = fitOf(title, wish)
  if (fit < 2 && type.startsWith(wish)) return 3
  if (fit > 0) return fit + 1
  return purpose.toLowerCase().includes(wish) ? 1 : 0
}
