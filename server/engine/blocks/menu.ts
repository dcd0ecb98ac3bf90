import type { Turn } from '../turn.ts'
import { type CompiledText, defineBlock, fail, leave, type Outcome, stay, type Wait, waitFor } from './block.ts'
import { type CompiledChoices, choiceButtons, choiceProblems, claimsChoice, compileChoices, findChoice, labelOfChoice, shownLabel } from './choices.ts'
import { emptyText, endlessWait, wrongVariable } from './problems.ts'
import { quoted } from './quoted.ts'
import { Type } from './setting-type.ts'
import { asking, hintSetting, idSetting, retriesSetting, settings, textSetting, variableSetting, waiting, wordsSetting } from './settings.ts'
import { pressed, waitOf } from './waits.ts'

interface Compiled {
  readonly text: CompiledText | undefined
  readonly hint: CompiledText | undefined
  readonly choices: CompiledChoices
  readonly wait: Wait
}

/** Asks with buttons. A choice with an address opens it and has no exit, because no messenger tells that it was pressed. */
export const menu = defineBlock({
  type: 'menu',
  group: 'talk',
  title: 'Menu',
  purpose: 'Asks with buttons and goes on by the choice. The number, the label or words of a choice are understood too.',
  schema: settings({
    text: textSetting({ title: 'Question', description: 'What stands above the buttons.' }),
    choices: Type.Array(
      settings({
        id: idSetting({ title: 'Exit', description: 'The name of the exit of this choice; it stays when the label changes.' }),
        label: textSetting({ title: 'Label', description: 'What the button says.' }),
        words: Type.Optional(
          wordsSetting({ title: 'Words', description: 'Other words that mean this choice. The label is understood anyway, small typos are forgiven.' }),
        ),
        url: Type.Optional(Type.String({ title: 'Address', description: 'Opens this address; such a choice has no exit. May print values.' })),
      }),
      { title: 'Choices', description: 'One button and one exit each. A channel with fewer buttons shows a numbered list.' },
    ),
    variable: variableSetting('The variable that takes the id of the choice.'),
    retries: retriesSetting(0, 'else'),
    hint: hintSetting,
    timeout: waiting.timeout,
    reusable: Type.Optional(
      Type.Boolean({
        title: 'Stays active',
        description: 'A press on this menu counts later on too, from wherever the flow waits then. Else an old menu answers “no longer active”.',
      }),
    ),
    accept_earlier: asking.accept_earlier,
    no_interrupt: waiting.no_interrupt,
  }),
  example: {
    type: 'menu',
    text: 'How can I help?',
    choices: [
      { id: 'prices', label: 'Prices', words: ['price', 'cost'] },
      { id: 'agent', label: 'Talk to somebody' },
    ],
    timeout: '30 min',
    exits: { prices: 'price_list', agent: 'queue', else: 'sorry', timeout: 'goodbye' },
  },
  exits: block => [
    ...block.choices.filter(choice => choice.url === undefined).map(choice => ({ name: choice.id, needed: true, label: shownLabel(choice) })),
    { name: 'else', needed: true },
    ...(block.timeout === undefined ? [] : [{ name: 'timeout', needed: true }]),
  ],
  compile: (block, compiler): Compiled => ({
    text: compiler.text(block.text, '/text'),
    hint: compiler.text(block.hint, '/hint'),
    choices: compileChoices(block.choices, compiler, '/choices'),
    wait: waitOf(block),
  }),
  run(_block, turn, compiled) {
    ask(turn, compiled, compiled.text)
    return waitFor(compiled.wait)
  },
  resume(block, turn, compiled, came, state) {
    if (came.type === 'timeout') return leave('timeout', `No choice for ${block.timeout}`)
    if (came.type === 'choice') {
      const label = labelOfChoice(compiled.choices, turn, came.choice)
      turn.take(pressed(turn, label))
      return choose(block, turn, came.choice, `Pressed ${quoted(label)}`)
    }
    if (came.type !== 'message') return stay('Still waiting for a choice')
    const taken = findChoice(compiled.choices, turn, came.message.text)
    const url = taken && compiled.choices.list.find(choice => choice.id === taken.id)?.url
    if (taken && url) {
      turn.send({ text: `${labelOfChoice(compiled.choices, turn, taken.id)}: ${url.render(turn.scope())}` })
      return stay(`${taken.why}, said its address`)
    }
    turn.take(came.message)
    if (taken) return choose(block, turn, taken.id, taken.why)
    const asked = (typeof state === 'number' ? state : 0) + 1
    const retries = block.retries ?? 0
    if (asked > retries) return leave('else', 'Not one of the choices')
    ask(turn, compiled, compiled.hint ?? compiled.text)
    return waitFor({ ...compiled.wait, state: asked }, `Not one of the choices, asked again (${asked} of ${retries})`)
  },
  claims: (_block, compiled, message) => claimsChoice(compiled.choices, message.text),
  offers: (block, _compiled, choice) => block.choices.some(one => one.id === choice),
  remind: (_block, turn, compiled) => ask(turn, compiled, compiled.text, turn.wait),
  lint: (block, view) => [
    ...emptyText(view, block.text, '/text', 'The menu'),
    ...choiceProblems(view, block.choices, '/choices', ['else', 'timeout']),
    ...endlessWait(view, block.timeout),
    ...wrongVariable(view, block.variable, ['text'], '/variable'),
  ],
})

function ask(turn: Turn, { choices }: Compiled, text: CompiledText | undefined, wait = turn.next_wait): void {
  turn.send({ text: text ? turn.say(text) : '', buttons: choiceButtons(choices, turn, wait) })
}

function choose(block: { readonly variable?: string }, turn: Turn, choice: string, why: string): Outcome {
  if (block.variable !== undefined && !turn.setVariable(block.variable, choice)) return fail('wrong_type', `“${block.variable}” takes no text`)
  return leave(choice, why)
}
