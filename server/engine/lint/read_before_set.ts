/** `read_before_set` and `never_set`: a text prints a variable that is still empty, on some path from the start or on all. */
import type { Problem } from '../errors.ts'
import type { Reading } from './references.ts'
import { blockProblem, type FlowRule, type FlowView, inWords, type LintedBlock, showPath } from './view.ts'
import { pathTo, reach } from './walk.ts'

/** A block that stores an answer has none when it is left this way. */
const WITHOUT_ANSWER: ReadonlySet<string> = new Set(['timeout', 'invalid', 'else', 'error', 'unsure', 'refused'])

/** One problem for each variable at the first block that may read it too early. Variables with a default are never empty. */
export const readBeforeSet: FlowRule = view => {
  const setters = new Map<string, Set<LintedBlock>>()
  const readers = new Map<string, Map<LintedBlock, Reading>>()
  for (const linted of view.blocks) {
    const { reads, sets } = linted.references
    for (const { name } of sets) grow(setters, name, () => new Set<LintedBlock>()).add(linted)
    for (const reading of reads) {
      const [root, name] = reading.path.split('.')
      if (root !== 'vars' || name === undefined || reading.may_be_empty) continue
      const of = grow(readers, name, () => new Map<LintedBlock, Reading>())
      if (!of.has(linted)) of.set(linted, reading)
    }
  }
  const starts = view.blocks.filter(linted => linted.block.type === 'start')
  return [...readers].flatMap(([name, reading]) => {
    const declared = view.flow.variables?.[name]
    if (!declared || declared.default !== undefined) return []
    return firstEarlyReading(view, starts, name, reading, setters.get(name))
  })
}

function firstEarlyReading(
  view: FlowView,
  starts: readonly LintedBlock[],
  name: string,
  readers: ReadonlyMap<LintedBlock, Reading>,
  setters: ReadonlySet<LintedBlock> | undefined,
): readonly Problem[] {
  const [first] = readers
  if (!first) return []
  if (!setters) {
    const [linted, { at }] = first
    return [
      blockProblem(linted, 'never_set', 'warning', at, `${linted.name} uses “${inWords(name)}”, which nothing sets.`, {
        hint: 'Set it before, or give it a default.',
      }),
    ]
  }
  const unset = reach(starts, (block, connection) => !setters.has(block) || WITHOUT_ANSWER.has(connection.exit))
  for (const id of unset.keys()) {
    const linted = view.block(id)
    const reading = linted && readers.get(linted)
    if (!linted || !reading) continue
    const path = pathTo(unset, id)
    const message = `${linted.name} may use “${inWords(name)}” before it is set: ${showPath(view, path)}.`
    return [
      blockProblem(linted, 'read_before_set', 'warning', reading.at, message, {
        hint: 'Set it on this path too, or give it a default.',
        path,
      }),
    ]
  }
  return []
}

function grow<V>(map: Map<string, V>, key: string, make: () => V): V {
  const present = map.get(key)
  if (present !== undefined) return present
  const made = make()
  map.set(key, made)
  return made
}
