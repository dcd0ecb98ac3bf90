/** Problems as people and editors read them: the place, a sentence, and what to do. */
import type { Problem } from '../engine/index.ts'
import type { PlacedProblem } from './flow-files.ts'
import { paintFor } from './paint.ts'
import type { Terminal } from './terminal.ts'

/** Prints problems of files; an editor's terminal makes a link of the beginning. */
export function printProblems(problems: readonly PlacedProblem[], terminal: Terminal): void {
  for (const problem of problems) printProblem(`${problem.file}:${problem.line}:${problem.column}`, problem, terminal)
}

/** Prints problems of a stored flow, which has no lines. */
export function printStoredProblems(flow: string, problems: readonly Problem[], terminal: Terminal): void {
  for (const problem of problems) printProblem(flow, problem, terminal)
}

function printProblem(place: string, { severity, message, code, at, hint }: Problem, terminal: Terminal): void {
  const paint = paintFor(terminal)
  const kind = severity === 'error' ? paint.red('error') : paint.yellow('warning')
  terminal.print(`${paint.bold(place)} ${kind} ${message} ${paint.dim(`(${code}${at === '' ? '' : ` at ${at}`})`)}`)
  if (hint !== undefined) terminal.print(`    ${hint}`)
}

/** `1 error, 2 warnings`, or `no problems`. */
export function countProblems(problems: readonly Problem[]): string {
  const errors = problems.filter(problem => problem.severity === 'error').length
  const warnings = problems.length - errors
  return [errors > 0 ? plural(errors, 'error') : '', warnings > 0 ? plural(warnings, 'warning') : ''].filter(Boolean).join(', ') || 'no problems'
}

/** `1 file`, `2 files`. */
export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
