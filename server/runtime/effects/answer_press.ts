/** `answer_press`: best effort, outside the ordered outbox (rule 15). */
import type { Effect } from '../../engine/index.ts'
import type { EffectHandler } from './effect-handler.ts'

/** Makes the handler. `answer` is called after the commit and must not throw. */
export function createAnswerPress(
  answer: (connector: string, press: string, text: string | undefined) => void,
): EffectHandler<Extract<Effect, { type: 'answer_press' }>> {
  return ({ press, text }, { draft }) => {
    const { connector } = draft.contact
    draft.after.push(() => answer(connector, press, text))
  }
}
