/** What several block types find wrong with their settings, said the same way everywhere. */
import type { Problem } from '../errors.ts'
import type { Text, Words } from '../file/flow.ts'
import type { LintView } from './block.ts'

/** Every language's text is blank. A single missing language is another rule's business. */
export function isBlank(text: Text | undefined): boolean {
  return text === undefined || Object.values(typeof text === 'string' ? [text] : text).every(one => one.trim() === '')
}

/** The words of every language: a contact may use any of them. */
export function everyWord(words: Words | undefined): readonly string[] {
  return Object.values(words ?? []).flat()
}

/** An error for a text that says nothing; `what` names it in a sentence: "The question". */
export function emptyText(view: LintView, text: Text | undefined, at: string, what: string): readonly Problem[] {
  return isBlank(text) ? [view.problem('empty_text', 'error', at, `${what} has no text.`, 'Write what the contact shall read.')] : []
}

/** An error for a list of words that nothing can match. */
export function noWords(view: LintView, words: Words | undefined, at: string, what: string): readonly Problem[] {
  return everyWord(words).some(word => word.trim() !== '')
    ? []
    : [view.problem('no_words', 'error', at, `${what} has no words.`, 'Add at least one word or phrase.')]
}

/** Errors for ids that are used twice, or that the block needs for an exit of its own. `at` is the list. */
export function idProblems(view: LintView, cases: readonly { readonly id: string }[], at: string, reserved: readonly string[]): readonly Problem[] {
  const seen = new Set<string>()
  const problems: Problem[] = []
  for (const [index, { id }] of cases.entries()) {
    if (seen.has(id))
      problems.push(view.problem('doubled_id', 'error', `${at}/${index}/id`, `“${id}” is used twice in this block.`, 'Give each one its own id.'))
    else if (reserved.includes(id) || id === 'error') {
      problems.push(view.problem('reserved_id', 'error', `${at}/${index}/id`, `“${id}” is an exit of the block itself.`, 'Choose another id.'))
    }
    seen.add(id)
  }
  return problems
}

/** A warning for a wait that may never end. An `on_inactivity` entry ends every wait for the contact. */
export function endlessWait(view: LintView, timeout: string | undefined): readonly Problem[] {
  if (timeout !== undefined || view.counts.has('on_inactivity')) return []
  const hint = 'Set how long to wait and connect “timeout”, or add an “On inactivity” entry.'
  return [view.problem('wait_without_timeout', 'warning', '/timeout', 'If the contact never answers, the flow waits here without an end.', hint)]
}

/** An error for a range that nothing can be in. */
export function emptyRange(view: LintView, min: number | undefined, max: number | undefined, at: string): readonly Problem[] {
  if (min === undefined || max === undefined || min <= max) return []
  return [view.problem('min_over_max', 'error', at, `Nothing is at least ${min} and at most ${max}.`, 'Swap the two or change one.')]
}

/** An error for a variable of another type than what the block stores in it (rule 36). */
export function wrongVariable(view: LintView, name: string | undefined, types: readonly string[], at: string): readonly Problem[] {
  const declared = name === undefined ? undefined : view.flow.variables?.[name]
  if (!declared || types.includes(declared.type)) return []
  return [
    view.problem(
      'wrong_type',
      'error',
      at,
      `The variable “${name}” is declared as ${declared.type}, but ${types.join(' or ')} is stored in it.`,
      `Declare it as ${types.join(' or ')}, or store in another variable.`,
    ),
  ]
}
