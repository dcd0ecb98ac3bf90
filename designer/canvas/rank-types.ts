/** Block types in the order of the palette, or by how well they fit what somebody types. */
import { BLOCK_TYPES, type BlockGroup, type BlockType } from '../../server/engine/index.ts'

/** The palette's groups, in its order. */
export const GROUPS: readonly BlockGroup[] = ['entries', 'talk', 'understand', 'act', 'people', 'finish']

/**
 * Types that fit; all for an empty query. Titles that begin with it come first, then words of titles, then what the type does.
 * `isBehind`: it will stand behind an exit, where no entry can stand.
 */
export function rankTypes(query: string, isBehind: boolean): readonly BlockType[] {
  const wish = query.trim().toLowerCase()
  const types = BLOCK_TYPES.filter(type => !isBehind || type.entry !== true)
  const groups = isBehind ? [...GROUPS.slice(1), ...GROUPS.slice(0, 1)] : GROUPS
  if (wish === '') return groups.flatMap(group => types.filter(type => type.group === group))
  return types
    .map(type => ({ type, score: scoreOf(type, wish) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)
    .map(({ type }) => type)
}

function scoreOf({ title, type, purpose }: BlockType, wish: string): number {
  const name = title.toLowerCase()
  if (name.startsWith(wish)) return 4
  if (name.split(/\W+/).some(word => word.startsWith(wish)) || type.startsWith(wish)) return 3
  if (name.includes(wish)) return 2
  return purpose.toLowerCase().includes(wish) ? 1 : 0
}
