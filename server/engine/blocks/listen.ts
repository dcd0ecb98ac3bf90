import { defineBlock, fail, leave, type Outcome, stay, waitFor } from './block.ts'
import { endlessWait, wrongVariable } from './problems.ts'
import { mergeSetting, settings, variableSetting, waiting } from './settings.ts'
import { waitOf } from './waits.ts'

const HEARD: Outcome = leave('message')

/** Waits for the next message, whatever it is, and takes a kept one at once (rule 10). */
export const listen = defineBlock({
  type: 'listen',
  group: 'talk',
  title: 'Listen',
  purpose: 'Waits for the next message of the contact. Can join a burst of short messages into one.',
  schema: settings({
    variable: variableSetting('The variable that takes the text of the message.'),
    merge: mergeSetting,
    timeout: waiting.timeout,
    no_interrupt: waiting.no_interrupt,
  }),
  example: { type: 'listen', timeout: '30 min', merge: { quiet: '3 s' }, exits: { message: 'topic', timeout: 'goodbye' } },
  exits: block => [{ name: 'message', needed: true }, ...(block.timeout === undefined ? [] : [{ name: 'timeout', needed: true }])],
  /** The wait is always the same, so it is made once. */
  compile: (block): Outcome => waitFor({ ...waitOf(block), accept_earlier: true }),
  run: (_block, _turn, compiled) => compiled,
  resume(block, turn, _compiled, came) {
    if (came.type === 'timeout') return leave('timeout', `Nothing came for ${block.timeout}`)
    if (came.type !== 'message') return stay('Still listening')
    turn.take(came.message)
    if (block.variable === undefined) return HEARD
    return turn.setVariable(block.variable, came.message.text) ? HEARD : fail('wrong_type', `“${block.variable}” takes no text`)
  },
  lint: (block, view) => [...endlessWait(view, block.timeout), ...wrongVariable(view, block.variable, ['text'], '/variable')],
})
