/** Queues: who may wait, in which place, and what a conversation hears about it (rules 21, 23, 24). */
import type { Conversation, Effect, Event } from '../engine/index.ts'
import type { Handled, Log, OwnEventOptions, QueueEffects } from '../runtime/index.ts'
import { checkpoint } from '../runtime/index.ts'
import { DEFAULT_QUEUE, type Place, type Queue, type Store, type Write } from '../store/index.ts'
import { isOpen } from './hours.ts'

export interface QueueOptions {
  readonly store: Store
  readonly log: Log
  now(): number
  /** Agents who are on shift for a queue; asked only where `staffing` is `required`. */
  agentsOnShift?(queue: string): number
}

/** Takes an answer of a queue into the conversation. */
export type TellConversation = (contact: string, event: Event, options?: OwnEventOptions) => Promise<Handled>

/** The queues of an installation. */
export interface Queues {
  /** For `createRuntime`. */
  readonly effects: QueueEffects
  /** Reads queues and places; call it before the runtime starts. */
  load(): Promise<void>
  /** Answers everybody who still waits for one; call it when the runtime has started. */
  start(tell: TellConversation): void
  /** Reads the queues again after one was changed. */
  refresh(): Promise<void>
  waiting(queue: string): readonly Place[]
}

/** Before an answer that could not be stored is tried again. */
const TELL_AGAIN_MS = 1000

/** Makes them. */
export function createQueues(options: QueueOptions): Queues {
  const { store, log } = options
  let queues = new Map<string, Queue>()
  /** By contact: nobody waits in two places. */
  const places = new Map<string, Place>()
  let tell: TellConversation | null = null

  const inLine = (queue: string, counts: (place: Place) => boolean) =>
    [...places.values()].filter(place => place.queue === queue && counts(place)).sort(compare)
  const waiting = (queue: string) => inLine(queue, place => place.status === 'waiting')

  /** The answer to somebody who joins. `force` joins whatever the queue says (rule 24). */
  function answer(place: Place): Event {
    const { queue, wait } = place
    const reason = place.forced ? null : refusal(queue)
    if (reason) return { type: 'queue_refused', queue, wait, reason }
    return { type: 'queue_joined', queue, wait, position: positionOf(place) }
  }

  function refusal(slug: string): 'full' | 'closed' | 'nobody_on_shift' | null {
    const queue = queues.get(slug)
    // Publishing refuses unknown queues; one that was deleted afterwards can only be closed.
    if (!queue || !isOpen(queue.hours, options.now())) return 'closed'
    if (queue.max_size !== null && waiting(slug).length >= queue.max_size) return 'full'
    if (queue.staffing === 'required' && (options.agentsOnShift?.(slug) ?? 0) === 0) return 'nobody_on_shift'
    return null
  }

  /** Counted among those who wait; two of the same moment stand in the order they came. */
  function positionOf({ contact, queue }: Place): number {
    return inLine(queue, place => place.status === 'waiting' || place.contact === contact).findIndex(place => place.contact === contact) + 1
  }

  /** Tells the conversation; the place and the event change in one commit, so a crash asks again instead of forgetting. */
  async function answerTo(place: Place): Promise<void> {
    if (!tell || places.get(place.contact) !== place) return
    const event = answer(place)
    const joined: Place = { ...place, status: 'waiting' }
    const accepted = event.type === 'queue_joined'
    checkpoint('queue.before_answer')
    if (accepted) places.set(place.contact, joined)
    else places.delete(place.contact)
    try {
      await tell(place.contact, event, { writes: after => placeWrites(joined, accepted, after) })
    } catch (error) {
      log.warn({ err: error, contact: place.contact, queue: place.queue }, 'A queue could not answer; it tries again.')
      const current = places.get(place.contact)
      if (current !== (accepted ? joined : undefined)) return
      places.set(place.contact, place)
      setTimeout(() => void answerTo(place), TELL_AGAIN_MS).unref()
    }
  }

  /** What the row of a place becomes once its conversation has heard the answer. */
  function placeWrites(joined: Place, accepted: boolean, { queue }: Conversation): readonly Write[] {
    const { contact, wait } = joined
    // It went on to another place meanwhile: the row is about that one.
    if (queue && queue.wait !== wait) return []
    return accepted && queue ? store.places.save([joined]) : store.places.remove([contact])
  }

  async function tellPosition(contact: string, effect: Extract<Effect, { type: 'ask_position' }>): Promise<void> {
    const place = places.get(contact)
    if (!tell || !place || place.queue !== effect.queue || place.wait !== effect.wait) return
    const event: Event = { type: 'queue_position', queue: effect.queue, wait: effect.wait, position: positionOf(place) }
    // An announcement that is missed is followed by the next one.
    await tell(contact, event).catch(error => log.warn({ err: error, contact }, 'A position could not be told.'))
  }

  return {
    effects: {
      join_queue: (effect, { draft, connector, conversation }) => {
        const { queue, wait, priority, since, front, force } = effect
        const contact = draft.contact.id
        const place: Place = {
          contact,
          connector: connector.id,
          queue: queues.has(queue) || !force ? queue : DEFAULT_QUEUE,
          conversation: conversation.number,
          wait,
          priority,
          since,
          front,
          forced: force,
          status: 'joining',
        }
        draft.writes.push(...store.places.save([place]))
        draft.after.push(() => {
          places.set(contact, place)
          void answerTo(place)
        })
      },
      leave_queue: (_effect, { draft }) => {
        const contact = draft.contact.id
        draft.writes.push(...store.places.remove([contact]))
        // These run in the order of the effects: a join that follows sets the next place afterwards.
        draft.after.push(() => places.delete(contact))
      },
      ask_position: (effect, { draft }) => {
        const contact = draft.contact.id
        draft.after.push(() => void tellPosition(contact, effect))
      },
    },
    load: async () => {
      queues = new Map((await store.queues.list()).map(queue => [queue.slug, queue]))
      for (const place of await store.places.all()) places.set(place.contact, place)
    },
    start: teller => {
      tell = teller
      for (const place of places.values()) if (place.status === 'joining') void answerTo(place)
    },
    refresh: async () => {
      queues = new Map((await store.queues.list()).map(queue => [queue.slug, queue]))
    },
    waiting,
  }
}

/** Returned conversations first, then by priority (1 before 9), then by the original waiting time. */
function compare(a: Place, b: Place): number {
  return Number(b.front) - Number(a.front) || a.priority - b.priority || a.since - b.since
}
