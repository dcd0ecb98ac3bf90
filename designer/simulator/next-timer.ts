/** The timer that fires next, as the button that moves to it says it. */
import { type CompiledFlow, type FlowTestStep, formatDuration, type VirtualState, type VirtualTimer } from '../../server/engine/index.ts'
import { simulator as words } from '../words/simulator.ts'

/** Where "to the next timer" leads. */
export interface NextTimer {
  readonly label: string
  /** The step that passes exactly the time until then. */
  readonly step: FlowTestStep
}

/** The next timer of a run; undefined when none runs. */
export function nextTimer(state: VirtualState, flow: CompiledFlow, timer: VirtualTimer | undefined): NextTimer | undefined {
  if (!timer) return undefined
  // Steps have whole seconds; a timer in the middle of one fires on the way.
  const seconds = Math.max(1, Math.ceil((timer.due_at - state.now) / 1000))
  return { label: labelOf(state, flow, timer), step: { pass: formatDuration(seconds * 1000) } }
}

function labelOf({ conversation }: VirtualState, flow: CompiledFlow, { timer }: VirtualTimer): string {
  if (timer !== 'wait') return words.timers[timer]
  const block = flow.blocks.get(conversation.session?.at ?? '')
  if (block?.type.type === 'wait') return words.endOfWait
  const exit = block?.exitList.find(one => one.name === 'timeout')
  return exit ? words.timer(exit.label ?? exit.name) : words.timers.wait
}

/** Steps to 9:00 of the next day, by the flow's clock: midnight first, so that it is tomorrow at any hour. */
export const UNTIL_MORNING: readonly FlowTestStep[] = [{ until: '00:00' }, { until: '09:00' }]
