/** Choices that a contact takes by a button, a number, a label or words: what `menu` and `question` share. */
import type { Button } from '../effect.ts'
import type { Problem } from '../errors.ts'
import type { Text, Words } from '../file/flow.ts'
import { normalise, type Template, type WordMatcher } from '../language/index.ts'
import type { Turn } from '../turn.ts'
import type { CompiledText, Compiler, LintView } from './block.ts'
import { everyWord, idProblems, isBlank } from './problems.ts'
import { quoted } from './quoted.ts'

/** A choice as it is drawn. */
interface Choice {
  readonly id: string
  readonly label: Text
  readonly words?: Words
  readonly url?: string
}

interface CompiledChoice {
  readonly id: string
  readonly label: CompiledText | undefined
  readonly url: Template | undefined
}

/** Choices ready to be offered and found. */
export interface CompiledChoices {
  readonly list: readonly CompiledChoice[]
  readonly matcher: WordMatcher
  /** Some label prints a value, so it is known only when it is said. */
  readonly hasTemplates: boolean
}

/** A choice that was taken, and how it was understood. */
interface TakenChoice {
  readonly id: string
  readonly why: string
}

/** Labels count as words of their choice. */
export function compileChoices(choices: readonly Choice[], compiler: Compiler, at: string): CompiledChoices {
  const labels = choices.map(({ label }) => everyLabel(label))
  return {
    list: choices.map(({ id, label, url }, index) => ({
      id,
      label: compiler.text(label, `${at}/${index}/label`),
      url: url === undefined ? undefined : compiler.template(url, `${at}/${index}/url`),
    })),
    matcher: compiler.words(
      choices.map(({ id, words }, index) => ({ id, words: [...(labels[index] ?? []).filter(label => !isTemplate(label)), ...everyWord(words)] })),
      true,
    ),
    hasTemplates: labels.flat().some(isTemplate),
  }
}

/** The buttons of the choices; `wait` is the number of the wait that they answer (rule 13). */
export function choiceButtons(choices: CompiledChoices, turn: Turn, wait: number): readonly Button[] {
  return choices.list.map(choice => {
    const label = labelOf(choice, turn)
    return choice.url ? { label, url: choice.url.render(turn.scope()) } : { label, payload: `${wait}:${choice.id}` }
  })
}

/** The choice that a text takes: a whole label or word, its number, or a word inside the text; typos last. */
export function findChoice(choices: CompiledChoices, turn: Turn, text: string): TakenChoice | undefined {
  const whole = choices.matcher.equals(text)
  if (whole) return { id: whole.id, why: `The contact said ${quoted(text)}` }
  const typed = normalise(text)
  if (typed === '') return undefined
  const numbered = numberedChoice(choices, typed)
  if (numbered) return { id: numbered.id, why: `${quoted(text)} is ${quoted(labelOf(numbered, turn))}` }
  const printed = choices.hasTemplates ? choices.list.find(choice => normalise(labelOf(choice, turn)) === typed) : undefined
  if (printed) return { id: printed.id, why: `The contact said ${quoted(text)}` }
  const found = choices.matcher.match(text)
  if (!found) return undefined
  return { id: found.id, why: found.exact ? `Contains ${quoted(found.word)}` : `${quoted(found.typed)} is close to ${quoted(found.word)}` }
}

/** Whether a text surely is a choice, so that it goes before `on_keyword` (rule 19). One that only resembles a choice is not. */
export function claimsChoice(choices: CompiledChoices, text: string): boolean {
  if (choices.matcher.equals(text) !== null || numberedChoice(choices, normalise(text)) !== undefined) return true
  return choices.matcher.match(text)?.exact === true
}

function numberedChoice(choices: CompiledChoices, typed: string): CompiledChoice | undefined {
  const number = /^#?(\d{1,3})[.)]?$/.exec(typed)?.[1]
  return number === undefined ? undefined : choices.list[Number(number) - 1]
}

/** What the choice is called in the contact's language. */
export function labelOfChoice(choices: CompiledChoices, turn: Turn, id: string): string {
  const choice = choices.list.find(one => one.id === id)
  return choice ? labelOf(choice, turn) : id
}

/** Problems that choices have anywhere: none, no label, an id twice. */
export function choiceProblems(view: LintView, choices: readonly Choice[], at: string, reserved: readonly string[]): readonly Problem[] {
  if (choices.length === 0) return [view.problem('no_choices', 'error', at, 'There is nothing to choose from.', 'Add a choice.')]
  return [
    ...choices.flatMap(({ label }, index) =>
      isBlank(label) ? [view.problem('empty_text', 'error', `${at}/${index}/label`, 'The choice has no label.', 'Write what the button says.')] : [],
    ),
    ...idProblems(view, choices, at, reserved),
  ]
}

/** What the canvas calls a choice. */
export function shownLabel(choice: Choice): string {
  return everyLabel(choice.label)[0] || choice.id
}

function labelOf({ id, label }: CompiledChoice, turn: Turn): string {
  return (label && turn.say(label)) || id
}

function everyLabel(label: Text): readonly string[] {
  return typeof label === 'string' ? [label] : Object.values(label)
}

function isTemplate(text: string): boolean {
  return text.includes('{{') || text.includes('{%')
}
