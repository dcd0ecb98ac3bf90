import type { Json } from '../event.ts'
import type { Pattern } from '../language/index.ts'
import type { Turn } from '../turn.ts'
import { ANSWERED, ANSWERS, type Answer, readAnswer, variableTypes } from './answers.ts'
import { type BlockOf, type CompiledText, defineBlock, fail, leave, type Outcome, type Resumption, stay, type Wait, waitFor } from './block.ts'
import { type CompiledChoices, choiceButtons, choiceProblems, claimsChoice, compileChoices, findChoice, labelOfChoice } from './choices.ts'
import { emptyRange, emptyText, endlessWait, wrongVariable } from './problems.ts'
import { quoted } from './quoted.ts'
import { Type } from './setting-type.ts'
import {
  asking,
  choiceSetting,
  hintSetting,
  idSetting,
  mergeSetting,
  retriesSetting,
  settings,
  textSetting,
  variableSetting,
  waiting,
  wordsSetting,
} from './settings.ts'
import { pressed, waitOf } from './waits.ts'

const DEFAULT_RETRIES = 2

interface Compiled {
  readonly text: CompiledText | undefined
  readonly hint: CompiledText | undefined
  readonly choices: CompiledChoices | undefined
  readonly pattern: Pattern | undefined
  readonly wait: Wait
}

const schema = settings({
  text: textSetting({ title: 'Question', description: 'What the contact is asked.' }),
  answer: Type.Optional(
    choiceSetting(ANSWERS, {
      title: 'Answer',
      description:
        'What counts as an answer: any text (unless you choose another), a number, an e-mail address, a phone number, a date (“tomorrow” too), one of the choices, a file, or a text that fits the pattern.',
    }),
  ),
  variable: variableSetting('The variable that takes the answer: a number as number, a date as YYYY-MM-DD, a choice as its id, a file as its address.'),
  choices: Type.Optional(
    Type.Array(
      settings({
        id: idSetting({ title: 'Id', description: 'What is stored for this choice; it stays when the label changes.' }),
        label: textSetting({ title: 'Label', description: 'What the button says.' }),
        words: Type.Optional(wordsSetting({ title: 'Words', description: 'Other words that mean this choice.' })),
      }),
      { title: 'Choices', description: 'One button each. The number, the label and words are understood too.' },
    ),
  ),
  pattern: Type.Optional(
    Type.String({
      title: 'Pattern',
      description:
        'A regular expression that the whole answer has to fit: [A-Z]{2}\\d{6} is two capital letters and six digits. Look-around and back-references are not possible.',
    }),
  ),
  min: Type.Optional(Type.Number({ title: 'At least', description: 'Least value of a number, or least length of a text.' })),
  max: Type.Optional(Type.Number({ title: 'At most', description: 'Largest value of a number, or largest length of a text.' })),
  retries: retriesSetting(DEFAULT_RETRIES, 'invalid'),
  hint: hintSetting,
  timeout: waiting.timeout,
  merge: mergeSetting,
  accept_earlier: asking.accept_earlier,
  no_interrupt: waiting.no_interrupt,
})

type Question = BlockOf<typeof schema>

/** Asks, waits, checks the answer, asks again, and stores it. A wrong answer starts the timeout anew. */
export const question = defineBlock({
  type: 'question',
  group: 'talk',
  title: 'Question',
  purpose: 'Asks something, checks the answer, asks again with a hint when it does not fit, and stores it.',
  schema,
  example: {
    type: 'question',
    text: 'What is your order number?',
    answer: 'pattern',
    pattern: '[A-Z]{2}\\d{6}',
    variable: 'order_number',
    hint: 'It looks like AB123456 and is in the subject of our e-mail.',
    timeout: '30 min',
    exits: { answered: 'look_up', invalid: 'to_agent', timeout: 'goodbye' },
  },
  exits: block => [
    { name: 'answered', needed: true },
    { name: 'invalid', needed: true },
    ...(block.timeout === undefined ? [] : [{ name: 'timeout', needed: true }]),
  ],
  compile: (block, compiler): Compiled => ({
    text: compiler.text(block.text, '/text'),
    hint: compiler.text(block.hint, '/hint'),
    choices: block.answer === 'choice' ? compileChoices(block.choices ?? [], compiler, '/choices') : undefined,
    pattern: block.answer === 'pattern' && block.pattern !== undefined ? compiler.pattern(wholePattern(block.pattern), '/pattern') : undefined,
    wait: waitOf(block),
  }),
  run(_block, turn, compiled) {
    ask(turn, compiled, compiled.text, turn.next_wait)
    return waitFor(compiled.wait)
  },
  resume(block, turn, compiled, came, state) {
    if (came.type === 'timeout') return leave('timeout', `No answer for ${block.timeout}`)
    if (came.type !== 'message' && came.type !== 'choice') return stay('Still waiting for an answer')
    const answer = take(block, turn, compiled, came)
    if (!answer.ok) return askAgain(block, turn, compiled, answer.wrong, state)
    if (block.variable !== undefined && !turn.setVariable(block.variable, answer.value)) {
      return fail('wrong_type', `“${block.variable}” cannot take this answer`)
    }
    return leave('answered', came.type === 'choice' ? `Pressed ${quoted(turn.message?.text ?? '')}` : ANSWERED[block.answer ?? 'text'])
  },
  claims: (_block, compiled, message) => compiled.choices !== undefined && claimsChoice(compiled.choices, message.text),
  offers: (block, compiled, choice) => compiled.choices !== undefined && (block.choices ?? []).some(one => one.id === choice),
  remind: (_block, turn, compiled) => ask(turn, compiled, compiled.text, turn.wait),
  lint(block, view) {
    const kind = block.answer ?? 'text'
    return [
      ...emptyText(view, block.text, '/text', 'The question'),
      ...(kind === 'choice' ? choiceProblems(view, block.choices ?? [], '/choices', []) : []),
      ...(kind === 'pattern' && !block.pattern
        ? [
            view.problem(
              'no_pattern',
              'error',
              '/pattern',
              'The answer has to fit a pattern, but there is none.',
              'Write the pattern or choose another kind of answer.',
            ),
          ]
        : []),
      ...(kind === 'text' || kind === 'number' ? emptyRange(view, block.min, block.max, '/min') : []),
      ...endlessWait(view, block.timeout),
      ...wrongVariable(view, block.variable, variableTypes(kind), '/variable'),
    ]
  },
})

/** The whole answer has to fit. Flags in front of the pattern stay in front. */
function wholePattern(source: string): string {
  const flags = /^\(\?[a-z]+\)/.exec(source)?.[0] ?? ''
  return `${flags}^(?:${source.slice(flags.length)})$`
}

function ask(turn: Turn, { choices }: Compiled, text: CompiledText | undefined, wait: number): void {
  turn.send({ text: text ? turn.say(text) : '', ...(choices && { buttons: choiceButtons(choices, turn, wait) }) })
}

function take(block: Question, turn: Turn, { choices, pattern }: Compiled, came: Extract<Resumption, { type: 'message' | 'choice' }>): Answer {
  const kind = block.answer ?? 'text'
  if (came.type === 'choice') {
    turn.take(pressed(turn, choices ? labelOfChoice(choices, turn, came.choice) : (came.title ?? came.choice)))
    return { ok: true, value: came.choice }
  }
  turn.take(came.message)
  if (kind !== 'choice') return readAnswer(kind, came.message, turn, block, pattern)
  const taken = choices && findChoice(choices, turn, came.message.text)
  return taken ? { ok: true, value: taken.id } : { ok: false, wrong: 'Not one of the choices' }
}

/** `state` counts the wrong answers so far. */
function askAgain(block: Question, turn: Turn, compiled: Compiled, wrong: string, state: Json | undefined): Outcome {
  const asked = (typeof state === 'number' ? state : 0) + 1
  const retries = block.retries ?? DEFAULT_RETRIES
  if (asked > retries) return leave('invalid', retries > 0 ? `${wrong}, asked ${retries + 1} times` : wrong)
  ask(turn, compiled, compiled.hint ?? compiled.text, turn.next_wait)
  return waitFor({ ...compiled.wait, state: asked }, `${wrong}, asked again (${asked} of ${retries})`)
}
