/** The list of problems: filtered, grouped, in order, and each sentence with its block in front. */
import { type Flow, nameBlock, type Problem } from '../../server/engine/index.ts'
import { words } from '../words/en.ts'

/** How the list is ordered. */
export type Grouping = keyof typeof words.problems.groups

/** Problems under a title; '' where everything is one list. */
export interface ProblemGroup {
  readonly title: string
  readonly problems: readonly Problem[]
}

/** A row: one problem, or all open exits of a block. */
export interface ProblemEntry {
  readonly first: Problem
  /** More than one: exits of one block that lead nowhere. */
  readonly problems: readonly Problem[]
}

/** What is shown of the problems. */
export interface Filter {
  readonly severity: Problem['severity'] | undefined
  readonly text: string
}

/** The problems that fit, grouped; groups keep the order of their first problem, which is errors first. */
export function groupProblems(flow: Flow, problems: readonly Problem[], filter: Filter, grouping: Grouping): readonly ProblemGroup[] {
  const wanted = filter.text.trim().toLowerCase()
  const shown = problems.filter(
    ({ severity, message, hint = '' }) =>
      (filter.severity === undefined || severity === filter.severity) && (wanted === '' || `${message} ${hint}`.toLowerCase().includes(wanted)),
  )
  if (grouping === 'none') return shown.length === 0 ? [] : [{ title: '', problems: shown }]
  const groups = new Map<string, Problem[]>()
  for (const problem of shown) {
    const title = grouping === 'block' ? blockName(flow, problem) : (words.problems.kinds[problem.code] ?? problem.code.replaceAll('_', ' '))
    const group = groups.get(title)
    if (group) group.push(problem)
    else groups.set(title, [problem])
  }
  return [...groups].map(([title, list]) => ({ title, problems: list }))
}

/** The rows of a list: exits of one block that lead nowhere are one row, where the first of them was. */
export function foldExits(problems: readonly Problem[]): readonly ProblemEntry[] {
  const open = new Map<string, Problem[]>()
  const entries: ProblemEntry[] = []
  for (const problem of problems) {
    const known = problem.code === OPEN && problem.block !== undefined ? open.get(problem.block) : undefined
    if (known) {
      known.push(problem)
      continue
    }
    const list = [problem]
    if (problem.code === OPEN && problem.block !== undefined) open.set(problem.block, list)
    entries.push({ first: problem, problems: list })
  }
  return entries
}

const OPEN = 'unconnected_exit'

/** The exits that problems are about. */
export function exitsOfProblems(problems: readonly Problem[]): readonly string[] {
  return problems.map(({ at }) => at.slice(at.lastIndexOf('/') + 1))
}

/** A sentence with the name of its block apart, so that it can stand out; in front of a sentence that does not name it. */
export function sentenceOf(flow: Flow, { block, message }: Problem): { readonly before: string; readonly name: string; readonly rest: string } {
  if (block === undefined || !flow.blocks[block]) return { before: '', name: '', rest: message }
  const name = nameBlock(flow, block)
  const at = message.indexOf(name)
  return at < 0 ? { before: '', name, rest: `: ${message}` } : { before: message.slice(0, at), name, rest: message.slice(at + name.length) }
}

/** Tells problems apart while they come and go. */
export function keyOf({ code, at, message }: Problem): string {
  return `${code} ${at} ${message}`
}

/** The name of the block that a problem is about. */
export function blockName(flow: Flow, { block }: Pick<Problem, 'block'>): string {
  return block === undefined || !flow.blocks[block] ? words.problems.wholeFlow : nameBlock(flow, block)
}
