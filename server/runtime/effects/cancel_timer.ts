/** `cancel_timer`: the running timer of that name, if there is one. */
import type { Effect } from '../../engine/index.ts'
import { removeTimer } from '../draft.ts'
import type { EffectHandler } from './effect-handler.ts'

export const cancelTimer: EffectHandler<Extract<Effect, { type: 'cancel_timer' }>> = ({ timer }, { draft, store }) => removeTimer(draft, store, timer, 0)
