/**
 * Carries out what was decided about running conversations when a version was published: batch by batch, each conversation by an
 * event in its own lane. A conversation that was moved is on the new version and is not found again, so a batch that a crash cut
 * short is simply begun once more.
 */
import { DomainError, type Event, NOT_MOVED } from '../engine/index.ts'
import type { Move, MoveChoice, Store, StoredContact } from '../store/index.ts'
import { checkpoint } from './checkpoints.ts'
import type { Clock } from './clock.ts'
import type { GroupCommit } from './group-commit.ts'
import type { Inbox } from './inbox.ts'
import type { Log } from './log.ts'

export interface MovesOptions {
  readonly store: Store
  readonly commits: GroupCommit
  readonly clock: Clock
  readonly log: Log
  readonly accept: Inbox['acceptInternal']
}

/** Moves conversations. */
export interface Moves {
  /** Something may have been decided: does what is open, one decision after the other. */
  takeUp(): void
  /** Resolves when the batch in hand is done; the rest goes on after the next start. */
  stop(): Promise<void>
}

/** Conversations that are looked at together. */
const BATCH = 100
/** After the store was down. */
const TRY_AGAIN_MS = 1000

/** Makes it; nothing runs before `takeUp`. */
export function createMoves({ store, commits, clock, log, accept }: MovesOptions): Moves {
  let running: Promise<void> | undefined
  let isAsked = false
  let stopped = false
  let callOff: (() => void) | undefined

  async function run(): Promise<void> {
    while (isAsked && !stopped) {
      isAsked = false
      for (let next = await store.moves.next(); next && !stopped; next = await store.moves.next()) await doBatch(next.move, next.cursor)
    }
  }

  async function doBatch(move: Move, cursor: string | null): Promise<void> {
    const page = await store.conversations.openBelow(move.flow, move.version, { cursor: cursor ?? undefined, limit: BATCH })
    const contacts = await store.contacts.byId(page.rows.map(row => row.contact))
    const went = await Promise.all(contacts.map(contact => decideFor(move, contact)))
    checkpoint('move.before_progress')
    const stayed = went.filter(outcome => outcome === 'stayed').length
    await commits.commit(store.moves.proceed(move.id, { stayed, cursor: page.next, at: clock.now() }))
  }

  /** Its count is committed with the event; undefined: nothing was decided about where it waits. */
  async function decideFor(move: Move, { id, conversation: { session } }: StoredContact): Promise<'went' | 'stayed' | undefined> {
    const how = session && session.flow === move.flow && session.version < move.version ? choiceFor(move, session.at) : undefined
    if (!session || how === undefined) return undefined
    const { flow, version, author: by } = move
    const event: Event = { type: 'conversation_moved', by, flow, from: session.version, block: session.at, version, how }
    try {
      const { refused } = await accept(id, event, {
        writes: (_after, trace) => (trace.some(line => line.code === NOT_MOVED || line.code === 'conversation.refused') ? [] : store.moves.count(move.id, how)),
      })
      return refused === undefined ? 'went' : 'stayed'
    } catch (error) {
      // A deleted connector has nobody left to write to.
      if (error instanceof DomainError && error.retry !== 'later') return 'stayed'
      throw error
    }
  }

  function takeUp(): void {
    isAsked = true
    if (running || stopped) return
    callOff?.()
    callOff = undefined
    running = run()
      .catch(error => {
        if (stopped) return
        log.warn({ err: error }, 'Moving conversations stopped; it goes on in a moment.')
        callOff = clock.after(TRY_AGAIN_MS, takeUp)
      })
      .finally(() => {
        running = undefined
        // Asked again between the last look and now.
        if (isAsked && !callOff && !stopped) takeUp()
      })
  }

  return {
    takeUp,
    stop: async () => {
      stopped = true
      callOff?.()
      await running
    },
  }
}

/** Own keys only: a block may be called like something every object has. */
function choiceFor({ choices }: Move, block: string): MoveChoice | undefined {
  return Object.hasOwn(choices, block) ? choices[block] : undefined
}
