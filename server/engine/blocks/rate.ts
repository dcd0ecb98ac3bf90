import type { Problem } from '../errors.ts'
import { readNumber } from '../language/index.ts'
import type { Turn } from '../turn.ts'
import { type BlockOf, type CompiledText, defineBlock, fail, type LintView, leave, type Outcome, stay, type Wait, waitFor } from './block.ts'
import { emptyRange, emptyText, endlessWait, idProblems, wrongVariable } from './problems.ts'
import { Type } from './setting-type.ts'
import { asking, idSetting, retriesSetting, settings, textSetting, variableSetting, waiting } from './settings.ts'
import { pressed, waitOf } from './waits.ts'

const DEFAULT_RETRIES = 1

interface Compiled {
  readonly text: CompiledText | undefined
  readonly wait: Wait
}

const schema = settings({
  text: textSetting({ title: 'Question', description: 'What the contact is asked to rate.' }),
  from: Type.Optional(Type.Integer({ minimum: 0, maximum: 10, title: 'Lowest', description: 'The lowest rating, 1 if empty.' })),
  to: Type.Optional(Type.Integer({ minimum: 1, maximum: 10, title: 'Highest', description: 'The highest rating, 5 if empty.' })),
  bands: Type.Array(
    settings({
      id: idSetting({ title: 'Exit', description: 'The name of the exit of this band.' }),
      from: Type.Integer({ minimum: 0, maximum: 10, title: 'From', description: 'The lowest rating in this band.' }),
      to: Type.Integer({ minimum: 0, maximum: 10, title: 'To', description: 'The highest rating in this band.' }),
    }),
    { title: 'Bands', description: 'Ratings that go the same way: one exit each. A rating in no band leaves by “else”.' },
  ),
  variable: variableSetting('The variable that takes the rating as a number.'),
  retries: retriesSetting(DEFAULT_RETRIES, 'else'),
  timeout: waiting.timeout,
  accept_earlier: asking.accept_earlier,
  no_interrupt: waiting.no_interrupt,
})

type Rate = BlockOf<typeof schema>

/** Asks for a rating with a button a number. What is no rating is asked for again and leaves by `else` in the end. */
export const rate = defineBlock({
  type: 'rate',
  group: 'people',
  title: 'Rate',
  purpose: 'Asks for a rating, for example after a chat with an agent, and goes on by how good it is.',
  schema,
  example: {
    type: 'rate',
    text: 'How did we do, from 1 (badly) to 5 (very well)?',
    bands: [
      { id: 'unhappy', from: 1, to: 2 },
      { id: 'happy', from: 3, to: 5 },
    ],
    variable: 'rating',
    timeout: '1 h',
    exits: { unhappy: 'sorry', happy: 'thanks', else: 'thanks', timeout: 'goodbye' },
  },
  exits: block => [
    ...block.bands.map(({ id, from, to }) => ({ name: id, needed: true, label: from === to ? `${from}` : `${from} to ${to}` })),
    { name: 'else', needed: true },
    ...(block.timeout === undefined ? [] : [{ name: 'timeout', needed: true }]),
  ],
  compile: (block, compiler): Compiled => ({ text: compiler.text(block.text, '/text'), wait: waitOf(block) }),
  run(block, turn, compiled) {
    ask(block, turn, compiled, turn.next_wait)
    return waitFor(compiled.wait)
  },
  resume(block, turn, compiled, came, state) {
    if (came.type === 'timeout') return leave('timeout', `No rating for ${block.timeout}`)
    if (came.type !== 'message' && came.type !== 'choice') return stay('Still waiting for a rating')
    turn.take(came.type === 'choice' ? pressed(turn, ratingOf(came.choice)) : came.message)
    const rating = readRating(block, turn.message?.text ?? '', turn.language)
    if (rating !== null) return store(block, turn, rating)
    const asked = (typeof state === 'number' ? state : 0) + 1
    const retries = block.retries ?? DEFAULT_RETRIES
    if (asked > retries) return leave('else', 'Not a rating')
    ask(block, turn, compiled, turn.next_wait)
    return waitFor({ ...compiled.wait, state: asked }, `Not a rating, asked again (${asked} of ${retries})`)
  },
  claims: (block, _compiled, message) => /^\d+$/.test(message.text.trim()) && readRating(block, message.text, 'en') !== null,
  offers: (block, _compiled, choice) => readRating(block, ratingOf(choice), 'en') !== null,
  remind: (block, turn, compiled) => ask(block, turn, compiled, turn.wait),
  lint: (block, view) => [
    ...emptyText(view, block.text, '/text', 'The question'),
    ...emptyRange(view, lowest(block), highest(block), '/from'),
    ...bandProblems(block, view),
    ...endlessWait(view, block.timeout),
    ...wrongVariable(view, block.variable, ['number', 'text'], '/variable'),
  ],
})

const lowest = (block: Rate): number => block.from ?? 1
const highest = (block: Rate): number => block.to ?? 5

function ask(block: Rate, turn: Turn, { text }: Compiled, wait: number): void {
  const buttons = []
  for (let rating = lowest(block); rating <= highest(block); rating++) buttons.push({ label: `${rating}`, payload: `${wait}:r${rating}` })
  turn.send({ text: text ? turn.say(text) : '', buttons })
}

/** The rating of a button: the id of a choice has to begin with a letter. */
function ratingOf(choice: string): string {
  return choice.slice(1)
}

/** A whole number of the scale; also as "4/5" or "4 of 5" would begin. */
function readRating(block: Rate, text: string, language: string): number | null {
  const outOf = /^\s*(\d+)\s*\/\s*(\d+)\s*$/.exec(text)
  const rating = outOf && Number(outOf[2]) === highest(block) ? Number(outOf[1]) : readNumber(text, language)
  return rating !== null && Number.isInteger(rating) && rating >= lowest(block) && rating <= highest(block) ? rating : null
}

function store(block: Rate, turn: Turn, rating: number): Outcome {
  if (block.variable !== undefined && !turn.setVariable(block.variable, rating)) return fail('wrong_type', `“${block.variable}” takes no number`)
  const band = block.bands.find(({ from, to }) => rating >= from && rating <= to)
  return band ? leave(band.id, `Rated ${rating}`) : leave('else', `Rated ${rating}, which is in no band`)
}

function bandProblems(block: Rate, view: LintView): readonly Problem[] {
  if (block.bands.length === 0) return [view.problem('no_bands', 'error', '/bands', 'There is no band for the ratings.', 'Add a band, e.g. from 1 to 5.')]
  const problems: Problem[] = [...idProblems(view, block.bands, '/bands', ['else', 'timeout'])]
  for (const [index, { from, to }] of block.bands.entries()) problems.push(...emptyRange(view, from, to, `/bands/${index}/from`))
  for (let rating = lowest(block); rating <= highest(block); rating++) {
    const found = block.bands.filter(({ from, to }) => rating >= from && rating <= to)
    if (found.length === 0)
      problems.push(view.problem('band_gap', 'warning', '/bands', `The rating ${rating} is in no band and goes to “else”.`, 'Widen a band or add one.'))
    if (found.length > 1) {
      const names = found.map(({ id }) => `“${id}”`).join(' and ')
      problems.push(
        view.problem('band_overlap', 'warning', '/bands', `The rating ${rating} is in ${names}; the first is taken.`, 'Let each rating be in one band.'),
      )
    }
  }
  return problems
}
