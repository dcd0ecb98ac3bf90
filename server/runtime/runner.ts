/**
 * The runner: does what waits in lanes, each lane one thing at a time, all lanes side by side (rules 3, 5, 27, 31).
 *
 * Usually an event is accepted and handled in one commit. After a start that followed a crash the runner is careful for a
 * while: it commits that it has an event before it takes it in hand, and counts (durably) each time it does. An event whose
 * lane was in hand at two crashes is what crashes us, and goes to the safety net unrun. Lanes that were in hand once run
 * alone, so that the count means them and not their neighbours.
 */
import { DomainError, type Event, NOT_MOVED } from '../engine/index.ts'
import { BrokenWrite, LostRace, type StoredEvent, type Write } from '../store/index.ts'
import { checkpoint } from './checkpoints.ts'
import type { Clock } from './clock.ts'
import { type Draft, draftOf, finishDraft, markDraft, removeTimer, returnTo } from './draft.ts'
import { sortEvents } from './event-order.ts'
import type { GroupCommit } from './group-commit.ts'
import { handleEvent, type StepConnector, type StepTools } from './handle-event.ts'
import type { EventJob, Handled, Job } from './job.ts'
import { type LaneState, timerKey } from './lane.ts'
import type { Lane, Lanes } from './lanes.ts'
import type { Log } from './log.ts'

/** What the runner needs. */
export interface RunnerOptions extends StepTools {
  readonly lanes: Lanes
  readonly commits: GroupCommit
  readonly clock: Clock
  readonly log: Log
  connectorOf(id: string): StepConnector | undefined
  /** Reads what a lane's session is pinned to and what these events name; undefined when everything is in memory already. */
  loadFlows(lane: LaneState, events: readonly Event[]): Promise<void> | undefined
  /** True while crashes may repeat. */
  isCareful(): boolean
  observe(handled: number, seconds: number): void
  /** Events of this contact were handled and committed. */
  handled(contact: string): void
}

/** Runs lanes. */
export interface Runner {
  /** Puts jobs into a lane, in order. */
  push(lane: Lane, jobs: readonly Job[]): void
  /** Lets a lane do what waits in it. */
  poke(lane: Lane): void
  /** Resolves when no lane is running. */
  settled(): Promise<void>
  /** Takes nothing new in hand; what runs is finished. */
  stop(): void
}

/** Jobs and events of one lane that share a commit at most. */
const MOST_JOBS = 50
const MOST_REPEATS = 20
/** A contact who wrote within this time may still have an earlier message on its way (rule 31). */
const RECENT_MS = 2000

/** How far a unit goes: everything, with the safety net in place of the engine, or only accepting. */
type Depth = 'run' | 'net' | 'accept'

/** Makes the runner. */
export function createRunner(options: RunnerOptions): Runner {
  const { lanes, commits, log, store } = options
  let running = 0
  let stopped = false
  let told: (() => void)[] = []
  let suspect = Promise.resolve()

  async function run(lane: Lane): Promise<void> {
    lane.running = true
    running++
    try {
      let repeats = 0
      let depth: Depth = 'run'
      while (!stopped) {
        const state = lane.state ?? (await readAgain(lane))
        if (!state) break
        if (lane.jobs.length === 0 && !hasReady(lane, state)) break
        // Again after each wait: what came meanwhile may name another version.
        for (let loading = options.loadFlows(state, eventsIn(lane, state)); loading; loading = options.loadFlows(state, eventsIn(lane, state))) await loading
        const jobs = lane.jobs.splice(0, MOST_JOBS)
        try {
          if (depth === 'run' && (options.isCareful() || lane.crashes > 0)) await runCarefully(lane, state, jobs)
          else await commitUnit(lane, state, jobs, depth)
          // What could only be accepted waits for the next event or start: trying at once would go round for ever.
          if (depth === 'accept') break
          depth = 'run'
          repeats = 0
        } catch (error) {
          lane.state = null
          if (error instanceof LostRace && ++repeats <= MOST_REPEATS) {
            lane.jobs.unshift(...jobs)
          } else if (error instanceof BrokenWrite && depth !== 'accept') {
            log.error({ err: error, contact: lane.id }, 'A step cannot be stored; the safety net takes the conversation.')
            lane.jobs.unshift(...jobs)
            depth = depth === 'run' ? 'net' : 'accept'
          } else {
            for (const job of jobs) job.failed(error)
            if (jobs.length === 0) break
          }
        }
      }
    } catch (error) {
      log.error({ err: error, contact: lane.id }, 'A lane stopped; it goes on with its next event.')
      lane.state = null
      for (const job of lane.jobs.splice(0)) job.failed(error)
    } finally {
      lane.running = false
      if (stopped) for (const job of lane.jobs.splice(0)) job.failed(shuttingDown())
      if (--running === 0) {
        const waiting = told
        told = []
        for (const tell of waiting) tell()
      }
    }
  }

  /** Reads the lane; when that fails its jobs fail with it. */
  async function readAgain(lane: Lane): Promise<LaneState | undefined> {
    try {
      return await lanes.reload(lane)
    } catch (error) {
      for (const job of lane.jobs.splice(0)) job.failed(error)
      return undefined
    }
  }

  /** Waiting events whose hold is over, and how long the next one is held. */
  function hasReady(lane: Lane, { contact, waiting }: LaneState): boolean {
    if (waiting.length === 0) return false
    const known = options.connectorOf(contact.connector)
    if (!known) return false
    const holdMs = known.connector.reorder_ms
    const heldUntil = Math.min(...waiting.map(event => event.received_at + holdMs))
    const leftMs = heldUntil - options.now()
    if (holdMs === 0 || leftMs <= 0) return true
    options.clock.after(leftMs, () => poke(lane))
    return false
  }

  /** One commit: accepts what is new, handles what is ready, applies changes. */
  async function commitUnit(lane: Lane, state: LaneState, jobs: readonly Job[], depth: Depth): Promise<void> {
    const started = performance.now()
    const draft = draftOf(state)
    const unit = depth === 'accept' ? acceptOnly(lane, draft, jobs) : buildUnit(lane, draft, jobs, depth)
    const next = finishDraft(draft, store)
    const seconds = (performance.now() - started) / 1000
    checkpoint('step.before_commit')
    await commits.commit(draft.writes, draft.canWait && jobs.length === 1)
    checkpoint('step.after_commit')
    lane.state = next
    options.observe(unit.length, unit.length === 0 ? 0 : seconds / unit.length)
    if (unit.length > 0) options.handled(lane.id)
    for (const action of draft.after) action()
    for (const job of jobs) if (job.type === 'change') job.done()
    for (const { job } of unit) job?.accepted()
    for (const { job, handled } of unit) job?.handled(handled)
  }

  /** Accepting is committed first, then that the event is in hand, then what became of it. */
  async function runCarefully(lane: Lane, before: LaneState, jobs: readonly Job[]): Promise<void> {
    const owners = new Map<number, EventJob>()
    const draft = draftOf(before)
    const accepted = acceptOnly(lane, draft, jobs)
    for (const { job, seq } of accepted) if (job && seq !== null) owners.set(seq, job)
    let state = finishDraft(draft, store)
    if (draft.writes.length > 0) await commits.commit(draft.writes)
    lane.state = state
    for (const action of draft.after) action()
    for (const job of jobs) if (job.type === 'change') job.done()
    for (const { job, seq, handled } of accepted) {
      job?.accepted()
      if (seq === null) job?.handled(handled)
    }
    try {
      while (state.waiting.length > 0 && !stopped) {
        const takeInHand = () => handleInHand(lane, state, owners)
        // One suspect at a time: only then does the count mean this lane.
        if (lane.crashes > 0) {
          suspect = suspect.then(takeInHand, takeInHand)
          await suspect
        } else await takeInHand()
        if (!lane.state || lane.state === state) return
        state = lane.state
      }
    } catch (error) {
      // Accepted is accepted: the event stays in the inbox, only whoever waits for the outcome hears of it.
      lane.state = null
      for (const job of owners.values()) job.failed(error)
      if (!(error instanceof LostRace)) log.error({ err: error, contact: lane.id }, 'An accepted event waits for its next try.')
    }
  }

  /** Handles the first waiting event, counted before and cleared after. */
  async function handleInHand(lane: Lane, state: LaneState, owners: Map<number, EventJob>): Promise<void> {
    const known = options.connectorOf(state.contact.connector)
    if (!known || !hasReady(lane, state)) return
    const [event] = sortEvents(state.waiting)
    if (!event) return
    const unrun = lane.crashes >= 2 ? 'The server went down twice while it handled this message.' : null
    await commits.commit(store.contacts.takeInHand([{ id: state.contact.id, crashes: lane.crashes + 1 }]))
    checkpoint('step.in_hand')
    const draft = draftOf(state)
    draft.waiting = draft.waiting.filter(other => other !== event)
    const handling = handleEvent(options, draft, known, event, true, unrun)
    draft.writes.push(...writesOnHandling(owners.get(event.seq) ?? null, draft, handling.trace))
    const next = finishDraft(draft, store)
    checkpoint('step.before_commit')
    await commits.commit(draft.writes)
    checkpoint('step.after_commit')
    lane.state = next
    lane.crashes = 0
    options.observe(1, 0)
    options.handled(lane.id)
    for (const action of draft.after) action()
    owners.get(event.seq)?.handled(handledOf(handling.trace, event.seq))
    owners.delete(event.seq)
  }

  /** What an event job became, beside the job itself; waiting events have no job. */
  type Outcome = { readonly job: EventJob | null; readonly seq: number | null; readonly handled: Handled }

  function acceptOnly(lane: Lane, draft: Draft, jobs: readonly Job[]): Outcome[] {
    const outcomes: Outcome[] = []
    for (const { event, job } of takeIn(lane, draft, jobs)) {
      if (job?.timer && !takeTimer(draft, job)) {
        outcomes.push({ job, seq: null, handled: TOO_LATE })
        continue
      }
      const stored = event.seq > 0 ? event : { ...event, seq: ++draft.contact.last_seq }
      draft.waiting.push(stored)
      draft.touched = true
      draft.writes.push(...store.events.insert([stored]), ...writesOnAccept(job))
      outcomes.push({ job, seq: stored.seq, handled: { trace: [], seq: stored.seq } })
    }
    return outcomes
  }

  function buildUnit(lane: Lane, draft: Draft, jobs: readonly Job[], depth: Depth): Outcome[] {
    const connector = options.connectorOf(draft.contact.connector)
    const fresh = takeIn(lane, draft, jobs)
    const owner = new Map(fresh.map(entry => [entry.event, entry.job]))
    const inLog = new Set(draft.waiting)
    const inLine = sortEvents([...draft.waiting, ...fresh.map(entry => entry.event)])
    const ready = connector ? inLine.slice(0, readyCount(inLine, connector.connector.reorder_ms, lane, inLog, owner)) : []
    const held = inLine.slice(ready.length)
    draft.waiting = held.filter(event => inLog.has(event))
    const outcomes: Outcome[] = []
    for (const event of ready) {
      const job = owner.get(event) ?? null
      if (job?.timer && !takeTimer(draft, job)) {
        outcomes.push({ job, seq: null, handled: TOO_LATE })
        continue
      }
      if (!connector) continue
      const numbered = event.seq > 0 ? event : { ...event, seq: ++draft.contact.last_seq }
      const handling = handleSafely(draft, connector, numbered, inLog.has(event), depth)
      draft.writes.push(...writesOnAccept(job), ...writesOnHandling(job, draft, handling.trace))
      outcomes.push({ job, seq: numbered.seq, handled: handledOf(handling.trace, numbered.seq) })
    }
    for (const event of held) {
      if (inLog.has(event)) continue
      const job = owner.get(event) ?? null
      // Only without a connector: the timer's row stays and fires when there is one again.
      if (job?.timer) {
        outcomes.push({ job, seq: null, handled: TOO_LATE })
        continue
      }
      draft.waiting.push(event)
      draft.touched = true
      draft.writes.push(...store.events.insert([event]), ...writesOnAccept(job))
      outcomes.push({ job, seq: event.seq, handled: { trace: [], seq: event.seq } })
    }
    return outcomes
  }

  /** A handler that throws is a bug like an engine that throws: its half is dropped, the safety net's effects take its place. */
  function handleSafely(draft: Draft, connector: StepConnector, event: StoredEvent, inLog: boolean, depth: Depth) {
    const mark = markDraft(draft)
    try {
      return handleEvent(options, draft, connector, event, inLog, depth === 'net' ? 'What the flow decided could not be stored.' : null)
    } catch (error) {
      options.onError(error, event.contact, event.seq)
      returnTo(draft, mark)
      return handleEvent(options, draft, connector, event, inLog, 'What the flow decided could not be carried out.')
    }
  }

  /** How many events from the front may be handled now: up to the last one whose hold is over. */
  function readyCount(
    inLine: readonly StoredEvent[],
    holdMs: number,
    lane: Lane,
    inLog: ReadonlySet<StoredEvent>,
    owner: ReadonlyMap<StoredEvent, EventJob | null>,
  ): number {
    if (holdMs === 0) return inLine.length
    const now = options.now()
    return (
      inLine.findLastIndex(event => {
        if (event.external_id === null || owner.get(event)?.timer) return true
        if (inLog.has(event)) return event.received_at + holdMs <= now
        return now - (recentBefore.get(lane) ?? 0) > RECENT_MS
      }) + 1
    )
  }

  /** When the event before the newest batch arrived, by lane. */
  const recentBefore = new WeakMap<Lane, number>()

  /** Applies changes and turns jobs into events. Those of a timer get their number when they are handled. */
  function takeIn(lane: Lane, draft: Draft, jobs: readonly Job[]): { event: StoredEvent; job: EventJob | null }[] {
    const events: { event: StoredEvent; job: EventJob | null }[] = []
    for (const job of jobs) {
      if (job.type === 'change') for (const event of job.apply(draft)) events.push({ event: ownEvent(draft, event, options.now()), job: null })
    }
    const arrivals = jobs.filter((job): job is EventJob => job.type === 'event')
    for (const job of arrivals) {
      const { external_id, at, order_key, received_at, event, profile, timer } = job
      const seq = timer ? 0 : ++draft.contact.last_seq
      const { id: contact, connector } = draft.contact
      events.push({ event: { contact, seq, connector, external_id, at, order_key, received_at, event, profile, handling: null }, job })
    }
    const newest = arrivals.findLast(job => job.external_id !== null)
    if (newest) {
      recentBefore.set(lane, lane.arrived_at)
      lane.arrived_at = newest.received_at
    }
    return events
  }

  function poke(lane: Lane): void {
    if (!lane.running && !stopped) void run(lane)
  }

  return {
    push: (lane, jobs) => {
      if (stopped) {
        for (const job of jobs) job.failed(shuttingDown())
        return
      }
      lane.jobs.push(...jobs)
      poke(lane)
    },
    poke,
    settled: () => (running === 0 ? Promise.resolve() : new Promise(resolve => told.push(resolve))),
    stop: () => {
      stopped = true
    },
  }

  /** The timer goes with its event; false when it was replaced, cancelled or paused meanwhile. */
  function takeTimer(draft: Draft, { timer }: EventJob): boolean {
    const current = timer && draft.timers.get(timerKey(timer.name, timer.slot))
    if (!timer || !current || current.wait !== timer.wait || current.due_at === null || current.due_at > options.now()) return false
    removeTimer(draft, store, timer.name, timer.slot)
    return true
  }
}

function eventsIn({ jobs }: Lane, { waiting }: LaneState): readonly Event[] {
  if (jobs.length === 0 && waiting.length === 0) return []
  return [...waiting.map(({ event }) => event), ...jobs.flatMap(job => (job.type === 'event' ? [job.event] : []))]
}

const TOO_LATE: Handled = { trace: [{ kind: 'ignored', why: 'The timer is not due any more.' }], seq: null }

function writesOnAccept(job: EventJob | null): readonly Write[] {
  return job && typeof job.writes !== 'function' ? job.writes : []
}

function writesOnHandling(job: EventJob | null, draft: Draft, trace: Handled['trace']): readonly Write[] {
  return typeof job?.writes === 'function' ? job.writes(draft.contact.conversation, trace) : []
}

function handledOf(trace: Handled['trace'], seq: number): Handled {
  const refusal = trace.find(line => line.code === 'conversation.refused' || line.code === NOT_MOVED)
  return refusal ? { trace, seq, refused: refusal.why ?? 'Not possible now.' } : { trace, seq }
}

function ownEvent(draft: Draft, event: Event, now: number): StoredEvent {
  const { id: contact, connector } = draft.contact
  return {
    contact,
    seq: ++draft.contact.last_seq,
    connector,
    external_id: null,
    at: now,
    order_key: null,
    received_at: now,
    event,
    profile: null,
    handling: null,
  }
}

/** Said to whoever comes while the server stops. */
export function shuttingDown(): DomainError {
  return new DomainError('runtime.stopping', { message: 'The server is shutting down.', hint: 'Try again in a moment.', retry: 'later' })
}
