/** Queue and agents: how a conversation goes from one owner to the next (rules 21, 23, 24). */
import { closeConversation, leaveQueue } from './closing.ts'
import type { Agent, Event } from './event.ts'
import { loadWaiting } from './incoming.ts'
import type { RunningTurn } from './running-turn.ts'
import { joinForced } from './safety-net.ts'
import type { QueuePlace } from './session.ts'
import { resumeBlock } from './step.ts'
import { SESSION_ENDED } from './trace.ts'
import { cancelTimers, restoreFrame } from './wait.ts'

/** An agent takes a conversation out of the queue; whatever ran meanwhile is cancelled (rule 21). */
export function acceptByAgent(turn: RunningTurn, agent: Agent): void {
  const { conversation, session } = turn
  if (session) {
    const frame = session.mode === 'queue' ? undefined : session.frames?.find(candidate => candidate.mode === 'queue')
    if (frame) restoreFrame(turn, session, frame)
    cancelTimers(turn, session)
    if (session.mode !== 'queue') conversation.session = null
  }
  if (conversation.queue?.forced) turn.effect({ type: 'cancel_timer', timer: 'queue' })
  const place = conversation.queue
  if (place) {
    if (!place.served) turn.effect({ type: 'leave_queue', queue: place.slug, cause: 'joined' })
    conversation.queue = { ...place, served: true }
  }
  conversation.owner = 'agent'
  conversation.agent = agent
  turn.trace.push({ kind: 'owner', why: `${agent.name} takes the conversation.`, ...(conversation.session ? {} : { code: SESSION_ENDED }) })
}

/** An agent takes over from the flow, which cancels its wait (rule 23). */
export function takeOver(turn: RunningTurn, agent: Agent): void {
  const { conversation } = turn
  turn.effect({ type: 'cancel_all_timers' })
  conversation.session = null
  conversation.owner = 'agent'
  conversation.agent = agent
  turn.trace.push({ kind: 'owner', why: `${agent.name} takes over from the flow.`, code: SESSION_ENDED })
}

/** The agent finished, or the conversation goes back to a queue: at the front, with the original waiting time. */
export function agentLeaves(turn: RunningTurn, event: Extract<Event, { type: 'agent_left' }>): void {
  const { conversation } = turn
  const name = conversation.agent?.name ?? 'The agent'
  if (event.cause === 'ended') return endWithAgent(turn, `${name} finished.`)
  const place = conversation.queue
  const queue = event.queue ?? place?.slug ?? turn.context.connector.queue
  returnToQueue(turn, queue, `${name} ${event.cause === 'transferred' ? 'transfers' : 'is gone'}: back to ${queue}, at the front.`)
}

function returnToQueue(turn: RunningTurn, queue: string, why: string): void {
  const { conversation } = turn
  const place = conversation.queue
  turn.trace.push({ kind: 'owner', why })
  delete conversation.agent
  if (!place || conversation.session?.mode !== 'queue') return joinForced(turn, queue, place?.since ?? turn.now, true)
  conversation.owner = 'queue'
  conversation.queue = inQueue(place, queue)
  turn.effect({ type: 'join_queue', queue, wait: place.wait, priority: place.priority, since: place.since, front: true, force: true })
}

/** The place in another queue, which has not answered yet. */
function inQueue({ position: _position, ...place }: QueuePlace, slug: string): QueuePlace {
  return { ...place, slug }
}

/** Back to the `queue` block by `ended`, or closed when no block waits (rule 23). */
function endWithAgent(turn: RunningTurn, why: string): void {
  turn.trace.push({ kind: 'owner', why })
  if (turn.session?.mode === 'queue' && loadWaiting(turn)) return resumeBlock(turn, { type: 'agent_ended' })
  if (turn.conversation.owner === 'agent') closeConversation(turn, 'agent_ended')
}

/** The contact blocked us or left: `left` before an agent joined, `ended` after (rule 21). */
export function contactGone(turn: RunningTurn): void {
  const { conversation, session } = turn
  if (conversation.owner === 'agent' || conversation.queue?.served) return endWithAgent(turn, 'The contact is gone.')
  const frame = session?.mode === 'queue' ? undefined : session?.frames?.find(candidate => candidate.mode === 'queue')
  if (session && loadWaiting(turn)) {
    if (frame) restoreFrame(turn, session, frame)
    if (session.mode === 'queue') return resumeBlock(turn, { type: 'contact_gone' })
  }
  if (conversation.owner === 'queue') closeConversation(turn, 'left')
}

/** What the queue says about the place of a conversation. */
export function heardFromQueue(turn: RunningTurn, event: Extract<Event, { type: 'queue_joined' | 'queue_refused' | 'queue_position' }>): void {
  const { conversation } = turn
  const place = conversation.queue
  if (!place || place.wait !== event.wait) {
    turn.trace.push({ kind: 'ignored', why: 'The place belongs to a wait that is over.' })
    return
  }
  // A server that died after the answer and before it noted it asks the queue again.
  if (event.type === 'queue_joined' && place.position !== undefined) {
    turn.trace.push({ kind: 'ignored', why: 'The queue answered already.' })
    return
  }
  if (event.type !== 'queue_refused') conversation.queue = { ...place, position: event.position }
  if (place.served || place.forced || turn.session?.mode !== 'queue') {
    turn.trace.push({ kind: 'ignored', why: 'Noted; no block waits for it.' })
    return
  }
  if (!loadWaiting(turn)) return
  if (event.type === 'queue_refused') resumeBlock(turn, { type: 'queue_refused', reason: event.reason })
  else resumeBlock(turn, { type: 'queue_position', position: event.position, joined: event.type === 'queue_joined' })
}

/** An operator hands the conversation to a queue. From a queue block it moves with its exits and its waiting time. */
export function handOver(turn: RunningTurn, queue: string, by: string): void {
  const { conversation } = turn
  turn.trace.push({ kind: 'owner', why: `${by} hands the conversation to ${queue}.` })
  const place = conversation.queue
  if (conversation.owner === 'agent') return returnToQueue(turn, queue, `Transferred to ${queue}.`)
  if (!place || turn.session?.mode !== 'queue') return joinForced(turn, queue, place?.since ?? turn.now, false)
  leaveQueue(turn, 'moved')
  conversation.queue = inQueue(place, queue)
  turn.effect({ type: 'join_queue', queue, wait: place.wait, priority: place.priority, since: place.since, front: false, force: true })
}
