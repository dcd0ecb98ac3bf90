/** Numbers for `/metrics`: what came in, what went out, what waits and for how long. */
import { Counter, Gauge, Histogram, Registry } from 'prom-client'

/** The runtime's own registry; one a runtime, so that tests do not share it. */
export interface Metrics {
  readonly registry: Registry
  readonly accepted: Counter<'channel'>
  readonly duplicates: Counter<'channel'>
  readonly keptAside: Counter<'channel' | 'reason'>
  readonly handled: Counter
  readonly failedSteps: Counter
  readonly sent: Counter<'channel'>
  readonly failed: Counter<'channel' | 'level'>
  readonly retries: Counter<'channel'>
  readonly httpCalls: Counter<'outcome'>
  readonly httpSeconds: Histogram
  readonly stepSeconds: Histogram
  readonly commitUnits: Histogram
  readonly timersLate: Histogram
}

/** What gauges ask when somebody scrapes. */
export interface Depths {
  inbox(): Promise<{ readonly waiting: number; readonly oldest_at: number | null }>
  outbox(): { readonly queued: number; readonly oldest_at: number | null }
  pausedConnectors(): number
  now(): number
}

/** Makes the registry. */
export function createMetrics(depths: Depths): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const counter = <L extends string = never>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Counter<L>({ name: `parley_${name}`, help, labelNames, registers })
  const gauge = (name: string, help: string, collect: (gauge: Gauge) => Promise<void> | void) =>
    new Gauge({
      name: `parley_${name}`,
      help,
      registers,
      collect() {
        return collect(this)
      },
    })
  const ageSeconds = (oldest: number | null) => (oldest === null ? 0 : Math.max(0, depths.now() - oldest) / 1000)
  gauge('inbox_waiting', 'Accepted events that are not handled yet.', async own => own.set((await depths.inbox()).waiting))
  gauge('inbox_age_seconds', 'Age of the oldest of them.', async own => own.set(ageSeconds((await depths.inbox()).oldest_at)))
  gauge('outbox_queued', 'Deliveries that are not sent yet.', own => own.set(depths.outbox().queued))
  gauge('outbox_age_seconds', 'Age of the oldest of them.', own => own.set(ageSeconds(depths.outbox().oldest_at)))
  gauge('connectors_stopped', 'Connectors that send nothing until somebody looks at them.', own => own.set(depths.pausedConnectors()))
  return {
    registry,
    accepted: counter('accepted_total', 'Events accepted from messengers.', ['channel']),
    duplicates: counter('duplicates_total', 'Events that were known already.', ['channel']),
    keptAside: counter('kept_aside_total', 'Parts of calls that could not be used.', ['channel', 'reason']),
    handled: counter('handled_total', 'Events handled.'),
    failedSteps: counter('failed_steps_total', 'Steps that threw; the safety net took their conversations.'),
    sent: counter('sent_total', 'Deliveries sent.', ['channel']),
    failed: counter('failed_total', 'Deliveries failed for good.', ['channel', 'level']),
    retries: counter('retries_total', 'Sends that will be tried again.', ['channel']),
    httpCalls: counter('http_calls_total', 'Calls of APIs by flows, by what came of them.', ['outcome']),
    httpSeconds: new Histogram({
      name: 'parley_http_call_seconds',
      help: 'Time of a call with its retries.',
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
      registers,
    }),
    stepSeconds: new Histogram({
      name: 'parley_step_seconds',
      help: 'Time of a step without its commit.',
      buckets: [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.005, 0.025, 0.1, 1],
      registers,
    }),
    commitUnits: new Histogram({ name: 'parley_commit_units', help: 'Units that shared a commit.', buckets: [1, 2, 5, 10, 20, 50, 100, 200], registers }),
    timersLate: new Histogram({ name: 'parley_timers_late_seconds', help: 'How late timers fired.', buckets: [0.01, 0.05, 0.25, 1, 5, 60, 600], registers }),
  }
}
