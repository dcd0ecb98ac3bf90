/** The durable runtime: accepts events, runs them through the engine, and sends what it decided (design 5). */
import type { Account, Channel, Parsed } from '../channels/channel.ts'
import type { Event } from '../engine/index.ts'
import type { Delivery, Store, Write } from '../store/index.ts'
import { type Clock, systemClock } from './clock.ts'
import { type Connectors, createConnectors } from './connectors.ts'
import type { QueueEffects } from './effects/effect-handler.ts'
import { createEffects } from './effects/index.ts'
import { eraseContact } from './erase.ts'
import { createFiles, type Files } from './files.ts'
import { type CompileVersion, createFlows, type Flows } from './flows.ts'
import { createGroupCommit } from './group-commit.ts'
import type { Advance, SafetyNet } from './handle-event.ts'
import { createHttpCalls } from './http/http-calls.ts'
import { createHttpSender, type HttpSender } from './http/send.ts'
import { createInbox, type Inbox, type OwnEventOptions } from './inbox.ts'
import type { Handled } from './job.ts'
import { createLaneChanges } from './lane-changes.ts'
import { createLanes } from './lanes.ts'
import type { Log } from './log.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { createMoves, type Moves } from './moves.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { createPaths } from './paths.ts'
import { resendDelivery } from './resend.ts'
import { createRunner, type Runner } from './runner.ts'
import { createTimers } from './timers.ts'

export { type Checkpoint, checkpoint } from './checkpoints.ts'
export { type Clock, systemClock } from './clock.ts'
export type { Connectors, OpenConnector } from './connectors.ts'
export type { EffectHandler, QueueEffects, StepScope } from './effects/effect-handler.ts'
export { type Files, MOST_FILE_BYTES, type ReadableFile } from './files.ts'
export type { CompileVersion, Flows } from './flows.ts'
export type { Advance, SafetyNet } from './handle-event.ts'
export type { HttpOutcome, HttpRequest, HttpSender } from './http/send.ts'
export { makeId } from './ids.ts'
export type { OwnEventOptions } from './inbox.ts'
export type { Handled } from './job.ts'
export type { Log } from './log.ts'
export type { Metrics } from './metrics.ts'
export { spansBack } from './path.ts'

/** Everything a runtime is made of. */
export interface RuntimeOptions {
  readonly store: Store
  readonly channels: readonly Channel[]
  readonly advance: Advance
  readonly safetyNet: SafetyNet
  readonly queueEffects: QueueEffects
  readonly log: Log
  /** DATA_DIR, for files. */
  readonly dir: string
  /** Signs addresses of files; any secret of the installation. */
  readonly signingKey: string
  /** Where the server is seen from outside, without a slash at the end; asked late, because the system may choose the port. */
  readonly publicUrl: () => string
  /** Release of Parley, kept with every handled event (rule 38). */
  readonly release: string
  /** Vendor base URLs for the whole server, by channel. */
  readonly apiRoots?: Readonly<Record<string, string | undefined>>
  readonly clock?: Clock
  readonly random?: () => number
  readonly compile?: CompileVersion
  readonly limits?: Partial<RuntimeLimits>
  /** Hosts and networks that flows may call though they are not public (`HTTP_ALLOW`). */
  readonly httpAllow?: readonly string[]
  /** In place of the network. */
  readonly httpSender?: HttpSender
}

/** Figures that an operator may want to change. */
export interface RuntimeLimits {
  /** Overdue timers found at the start wait so long for repeated messages (rule 18). */
  readonly timer_grace_ms: number
  /** After a start that followed a crash, how long the runner counts what it has in hand (rule 27). */
  readonly careful_ms: number
  /** How long the head of a contact's outbox is tried (rule 28). */
  readonly message_patience_ms: number
  readonly announcement_patience_ms: number
  readonly sends_in_flight: number
  readonly send_timeout_ms: number
  /** How long the news that a message was sent waits for somebody else's commit. */
  readonly commit_patience_ms: number
  /** Contacts kept in memory. */
  readonly lanes: number
}

const LIMITS: RuntimeLimits = {
  timer_grace_ms: 120_000,
  careful_ms: 60_000,
  message_patience_ms: 24 * 3_600_000,
  announcement_patience_ms: 5 * 60_000,
  sends_in_flight: 64,
  send_timeout_ms: 30_000,
  commit_patience_ms: 3,
  lanes: 50_000,
}

/** A runtime. */
export interface Runtime {
  /** Takes up the work where the last process left it; resolves when events can be accepted. */
  start(): Promise<void>
  /** See `Inbox.accept`. */
  accept(connector: string, parts: readonly Parsed[], verifies?: (account: Account) => boolean): Promise<void>
  /** See `Inbox.acceptInternal`. */
  acceptInternal(contact: string, event: Event, options?: OwnEventOptions): Promise<Handled>
  /** Sends a failed delivery again; resolves with the new one. */
  resend(contact: string, n: number): Promise<Delivery>
  /** Blanks everything about a contact (rule 39). */
  erase(contact: string): Promise<void>
  /** Commits writes of others (API, desk) together with everything else. Never contacts, events, deliveries or timers. */
  commit(writes: readonly Write[]): Promise<void>
  readonly flows: Flows
  /** Moves running conversations as it was decided with a publication. */
  readonly moves: Pick<Moves, 'takeUp'>
  readonly connectors: Connectors
  readonly files: Files
  readonly metrics: Metrics
  /** Finishes what is in hand and keeps the rest for the next start (design 5.8). */
  stop(): Promise<void>
}

/** Set while a process runs; found at the start, it says that the last one did not end by itself. */
const RUNNING = 'runtime.running'
const BEHIND_PAGE = 500

/** Makes a runtime; `start` sets it going. */
export function createRuntime(options: RuntimeOptions): Runtime {
  const { store, log, channels } = options
  const clock = options.clock ?? systemClock
  const random = options.random ?? Math.random
  const limits = { ...LIMITS, ...options.limits }
  const { now } = clock
  let carefulUntil = 0

  const lanes = createLanes(store, limits.lanes, now)
  const flows = createFlows(store, log, options.compile)
  // The parts below need each other: they meet here, and nothing runs before `start`.
  const metrics: Metrics = createMetrics({
    inbox: () => store.events.depth(),
    outbox: () => outbox.depth(),
    pausedConnectors: () => connectors.list().filter(entry => entry.connector.problem).length,
    now,
  })
  const commits = createGroupCommit(store, { observe: units => metrics.commitUnits.observe(units), patienceMs: limits.commit_patience_ms })
  const connectors: Connectors = createConnectors({
    store,
    channels,
    clock,
    log,
    apiRoots: options.apiRoots ?? {},
    accept: (id, parts) => inbox.accept(id, parts),
    hold: id => outbox.hold(id),
    resume: id => outbox.resume(id),
  })
  const files = createFiles({
    store,
    commits,
    clock,
    log,
    dir: options.dir,
    signingKey: options.signingKey,
    publicUrl: options.publicUrl,
    connectors: () => connectors,
    random,
  })
  const changes = createLaneChanges(store, lanes, () => runner)
  const timers = createTimers({
    store,
    log,
    clock,
    graceMs: limits.timer_grace_ms,
    fire: async timer => {
      // A deleted connector has nobody left to wake.
      const [lane] = await lanes.byId([timer.contact])
      if (!lane || !connectors.get(lane.connector)) return
      await inbox.acceptInternal(timer.contact, { type: 'timer_fired', timer: timer.name, wait: timer.wait }, { timer })
    },
    observeLate: ms => metrics.timersLate.observe(ms / 1000),
  })
  const outbox: Outbox = createOutbox({
    store,
    clock,
    log,
    metrics,
    commits,
    lanes,
    changes,
    connectors,
    mostInFlight: limits.sends_in_flight,
    sendTimeoutMs: limits.send_timeout_ms,
    random,
    schedule: timers.schedule,
    fileUrl: files.urlOf,
  })
  const calls = createHttpCalls({
    store,
    clock,
    log,
    metrics,
    random,
    sender: options.httpSender ?? createHttpSender({ allow: options.httpAllow ?? [] }),
    tell: (contact, event) => inbox.acceptInternal(contact, event),
  })
  const patience = { message_ms: limits.message_patience_ms, announcement_ms: limits.announcement_patience_ms }
  const effects = createEffects(
    patience,
    { deliver: outbox.deliver, schedule: timers.schedule, answerPress: outbox.answerPress, callHttp: calls.make },
    options.queueEffects,
  )
  const paths = createPaths({ store, commits, clock, log })
  const runner: Runner = createRunner({
    store,
    lanes,
    commits,
    clock,
    log,
    effects,
    now,
    advance: options.advance,
    safetyNet: options.safetyNet,
    release: options.release,
    flowOf: flows.flowOf,
    callOver: calls.over,
    connectorOf: id => connectors.get(id),
    loadFlows: ({ contact }, events) => flows.loadFor(contact.conversation, events),
    isCareful: () => now() < carefulUntil,
    onError: (error, contact, seq) => {
      metrics.failedSteps.inc()
      log.error({ err: error, contact, seq }, 'A step threw; the safety net takes the conversation.')
    },
    handled: paths.handled,
    observe: (handled, seconds) => {
      metrics.handled.inc(handled)
      metrics.stepSeconds.observe(seconds)
    },
  })
  const inbox: Inbox = createInbox({ store, clock, commits, lanes, runner, connectors, files, metrics })

  const moves: Moves = createMoves({ store, commits, clock, log, accept: inbox.acceptInternal })

  async function takeUpInbox(): Promise<void> {
    for (let after = ''; ; ) {
      const page = await lanes.behind(BEHIND_PAGE, after)
      for (const lane of page) runner.poke(lane)
      const last = page.at(-1)
      if (!last || page.length < BEHIND_PAGE) return
      after = last.id
    }
  }

  return {
    start: async () => {
      if ((await store.facts.get(RUNNING)) === 'yes') {
        carefulUntil = now() + limits.careful_ms
        log.warn({}, 'The last process did not end by itself; events are counted while they are in hand.')
      }
      await commits.commit(store.facts.set(RUNNING, 'yes'))
      await connectors.start()
      await flows.refresh()
      await files.start()
      await takeUpInbox()
      await outbox.start()
      await calls.start()
      await timers.start()
      paths.start()
      moves.takeUp()
      connectors.startPolling()
    },
    accept: inbox.accept,
    acceptInternal: inbox.acceptInternal,
    resend: (contact, n) => resendDelivery({ store, changes, patienceMs: limits.message_patience_ms, now, deliver: outbox.deliver }, contact, n),
    erase: contact => eraseContact({ store, lanes, changes, outbox, files, calls, now }, contact),
    commit: commits.commit,
    flows,
    moves,
    connectors,
    files,
    metrics,
    stop: async () => {
      connectors.stopReceiving()
      timers.stop()
      await moves.stop()
      await runner.settled()
      await calls.stop()
      await runner.settled()
      await outbox.stop()
      await runner.settled()
      runner.stop()
      await paths.stop()
      await files.stop()
      await commits.commit(store.facts.set(RUNNING, 'no'))
      await commits.settled()
      await connectors.close()
    },
  }
}
