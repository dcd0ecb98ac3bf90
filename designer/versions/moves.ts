/** What becomes of running conversations: the choices, and what each of them means in words. */
import type { MoveChoice, MoveChoices, WaitingBlock } from '../../server/api/contract.ts'
import { versions as words } from '../words/versions.ts'

/** What was chosen, by block; whoever is not named stays. */
export type Chosen = Readonly<Record<string, MoveChoice>>

/** What is chosen for a block: staying, unless something else was chosen and is still possible. */
export function choiceFor({ block, choices }: WaitingBlock, chosen: Chosen): MoveChoice {
  const choice = Object.hasOwn(chosen, block) ? chosen[block] : undefined
  return choice !== undefined && choices.includes(choice) ? choice : 'stay'
}

/** What is sent to the server: every choice but staying. */
export function decisionOf(waiting: readonly WaitingBlock[], chosen: Chosen): MoveChoices {
  return Object.fromEntries(
    waiting.flatMap(place => {
      const choice = choiceFor(place, chosen)
      return choice === 'stay' ? [] : [[place.block, choice]]
    }),
  )
}

/** How many wait altogether. */
export function countWaiting(waiting: readonly WaitingBlock[]): number {
  return waiting.reduce((sum, { count }) => sum + count, 0)
}

/** Labels of the choices, as far as they are possible. */
export function labelsOf({ versions, choices }: WaitingBlock, to: number): readonly { readonly value: MoveChoice; readonly label: string }[] {
  const labels = { stay: words.moves.stay(versions), move: words.moves.move(to), restart: words.moves.restart } as const
  return choices.map(value => ({ value, label: labels[value] }))
}

/** What will happen, a sentence for each kind of fate. */
export function sayWhatHappens(place: WaitingBlock, choice: MoveChoice, to: number): string {
  const { count, there, versions, move, restart } = place
  const say = words.moves
  if (choice === 'stay') return [say.stays(count, versions), there === 'gone' ? say.noCounterpart(to) : ''].filter(Boolean).join(' ')
  if (choice === 'restart') return [say.starts(restart.starts, to), ...(restart.stays > 0 ? [say.leftToAgents(restart.stays)] : [])].join(' ')
  return [
    ...(move.goes_on > 0 ? [say.goesOn(move.goes_on, to)] : []),
    ...(move.asks_again > 0 ? [say.asksAgain(move.asks_again)] : []),
    ...(move.stays > 0 ? [say.cannotMove(move.stays)] : []),
  ].join(' ')
}

/** What the message after publishing adds. */
export function sayDecision(waiting: readonly WaitingBlock[], decision: MoveChoices, to: number): string {
  const sum = (wanted: MoveChoice) => countWaiting(waiting.filter(({ block }) => Object.hasOwn(decision, block) && decision[block] === wanted))
  const [moved, restarted] = [sum('move'), sum('restart')]
  const stayed = countWaiting(waiting) - moved - restarted
  const say = words.moves
  return [
    ...(moved > 0 ? [say.toastMoved(moved, to)] : []),
    ...(restarted > 0 ? [say.toastRestarted(restarted)] : []),
    ...(stayed > 0 ? [say.toastStayed(stayed)] : []),
  ].join(' ')
}
