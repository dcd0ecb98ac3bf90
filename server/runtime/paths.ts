/**
 * Keeps the live counts up: reads the steps that were handled since, a little at a time, and commits each contact's path together
 * with what it changes in the counts. So a step pays nothing for them, a crash loses nothing and nothing is counted twice; under
 * load the counts fall behind instead of slowing the conversations down.
 */
import { LostRace, type Store, type StoredContact, type StoredPath, type VersionName, type Write } from '../store/index.ts'
import type { Clock } from './clock.ts'
import type { GroupCommit } from './group-commit.ts'
import type { Log } from './log.ts'
import { type FindVersion, followPath, newPath, SPANS } from './path.ts'

export interface PathsOptions {
  readonly store: Store
  readonly commits: GroupCommit
  readonly clock: Clock
  readonly log: Log
}

/** Follows the conversations. */
export interface Paths {
  /** A contact's events were handled and committed. */
  handled(contact: string): void
  /** Catches up with what an earlier process left, and from then on looks after it once in a while. */
  start(): void
  /** Resolves when nothing is in hand; what is left is caught up after the next start. */
  stop(): Promise<void>
}

/** Between two rounds: with the next figure it bounds what counting takes from the conversations. */
const ROUND_MS = 1000
const CONTACTS_A_ROUND = 250
const STEPS_A_CONTACT = 200
/** Contacts looked at in a round for steps that another process left. */
const SWEPT_A_ROUND = 1000
const SWEEP_MS = 3_600_000

/** Makes it; nothing runs before `start`. */
export function createPaths({ store, commits, clock, log }: PathsOptions): Paths {
  const behind = new Set<string>()
  /** Where the sweep is; null: it is over. */
  let sweptTo: string | null = null
  let running: Promise<void> | undefined
  let callOff: (() => void) | undefined
  let callOffSweep: (() => void) | undefined
  let stopped = true

  function soon(): void {
    if (stopped || callOff || running) return
    callOff = clock.after(ROUND_MS, () => {
      callOff = undefined
      running = round()
        .catch(error => log.error({ err: error }, 'Live counts wait for the next round.'))
        .then(() => {
          running = undefined
          if (behind.size > 0 || sweptTo !== null) soon()
        })
    })
  }

  async function round(): Promise<void> {
    if (sweptTo !== null && behind.size < CONTACTS_A_ROUND) {
      const page = await store.paths.behind(sweptTo, SWEPT_A_ROUND)
      for (const contact of page.contacts) behind.add(contact)
      sweptTo = page.next
    }
    const now = [...behind].slice(0, CONTACTS_A_ROUND)
    for (const contact of now) behind.delete(contact)
    try {
      await follow(now)
    } catch (error) {
      // What was counted has its path at the new step, so trying all of them again is safe.
      for (const contact of now) behind.add(contact)
      throw error
    }
  }

  async function follow(ids: readonly string[]): Promise<void> {
    // Contacts first: every event up to their `handled_seq` is in the log by then.
    const contacts = await store.contacts.byId(ids)
    const paths = new Map((await store.paths.of(ids)).map(path => [path.contact, path]))
    const read = await Promise.all(
      contacts.map(async contact => {
        const known = paths.get(contact.id)
        const path = known ?? newPath(contact.id)
        return { contact, known, path, steps: await store.paths.stepsAfter(path, STEPS_A_CONTACT) }
      }),
    )
    const lines = read.flatMap(({ steps }) => steps)
    const find = versionFinder(
      await store.paths.versionNames({
        hashes: [...new Set(lines.flatMap(({ hash }) => hash ?? []))],
        flows: [...new Set(lines.flatMap(({ trace }) => trace.flatMap(({ flow }) => flow ?? [])))],
      }),
    )
    const now = clock.now()
    await Promise.all(
      read.map(async ({ contact, known, path, steps }) => {
        if (steps.length === 0) return
        const followed = followPath(path, steps, find, now)
        const isDone = steps.length < STEPS_A_CONTACT
        if (!isDone) behind.add(contact.id)
        await save(contact, { ...followed.path, seq: isDone ? contact.handled_seq : path.seq }, known, store.blockCounts.add(followed.changes))
      }),
    )
  }

  async function save(contact: StoredContact, path: StoredPath, known: StoredPath | undefined, counts: readonly Write[]): Promise<void> {
    try {
      await commits.commit([...store.paths.save(path, known?.step ?? null), ...counts])
    } catch (error) {
      if (!(error instanceof LostRace)) throw error
      // Another server counts for the same contact: read again what is left.
      behind.add(contact.id)
    }
  }

  function sweep(): void {
    callOffSweep = clock.after(SWEEP_MS, () => {
      sweptTo ??= ''
      commits
        .commit(SPANS.flatMap(({ span, keptMs }) => store.blockCounts.removeBefore(span, clock.now() - keptMs)))
        .catch(error => log.error({ err: error }, 'Old live counts stay for another hour.'))
      soon()
      sweep()
    })
  }

  return {
    handled: contact => {
      behind.add(contact)
      soon()
    },
    start: () => {
      stopped = false
      sweptTo = ''
      soon()
      sweep()
    },
    stop: async () => {
      stopped = true
      callOff?.()
      callOffSweep?.()
      callOff = callOffSweep = undefined
      await running
    },
  }
}

/** The newest version that was there at the time: a version that is published again keeps its hash and gets a new number. */
function versionFinder(names: readonly VersionName[]): FindVersion {
  const newest = (fits: (name: VersionName) => boolean, at: number) => {
    const fitting = names.filter(name => fits(name) && name.created_at <= at)
    return fitting.length === 0 ? undefined : fitting.reduce((one, other) => (other.version > one.version ? other : one))
  }
  return {
    byHash: (hash, at) => newest(name => name.hash === hash, at),
    byFlow: (flow, at) => newest(name => name.flow === flow, at),
  }
}
