/** Problems by their block, so that a block is drawn anew only when its own change. */
import type { Problem } from '../../server/engine/index.ts'

const NONE: readonly Problem[] = []
type ByBlock = ReadonlyMap<string, readonly Problem[]>

const known = new WeakMap<readonly Problem[], ByBlock>()
let last: WeakRef<readonly Problem[]> | undefined

/** The problems of a block among all; the same array as long as they are the same problems. */
export function problemsOf(problems: readonly Problem[], block: string): readonly Problem[] {
  return byBlock(problems).get(block) ?? NONE
}

function byBlock(problems: readonly Problem[]): ByBlock {
  const cached = known.get(problems)
  if (cached) return cached
  const lists = new Map<string, Problem[]>()
  for (const problem of problems) {
    if (problem.block === undefined) continue
    const list = lists.get(problem.block)
    if (list) list.push(problem)
    else lists.set(problem.block, [problem])
  }
  const before = last?.deref()
  const previous = before && known.get(before)
  const kept = new Map<string, readonly Problem[]>()
  for (const [block, list] of lists) {
    const old = previous?.get(block)
    kept.set(block, old && sameItems(old, list) ? old : list)
  }
  known.set(problems, kept)
  last = new WeakRef(problems)
  return kept
}

function sameItems(one: readonly Problem[], other: readonly Problem[]): boolean {
  return one.length === other.length && one.every((problem, index) => problem === other[index])
}
