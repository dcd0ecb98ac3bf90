/** `note`: a line for agents and operators; it stays with the trace of its event. */
import type { Effect } from '../../engine/index.ts'
import type { EffectHandler } from './effect-handler.ts'

export const note: EffectHandler<Extract<Effect, { type: 'note' }>> = ({ text }, { notes }) => {
  notes.push(text)
}
