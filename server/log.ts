/** Structured logs on standard output: one JSON line an entry, without secrets and message texts. */
import { type DestinationStream, type Logger, pino } from 'pino'
import type { LogLevel } from './settings.ts'

/** What parts of the server log with. */
export type Log = Logger

/** Keys that never reach a log, at any of the first three levels; the last line of defence behind not logging them. */
const NEVER = ['authorization', 'token', 'secret', 'secrets', 'app_secret', 'verify_token', 'webhook_secret', 'signing_key', 'text', 'body']

/** Opens the log. `destination` is for tests. */
export function openLog(level: LogLevel, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: NEVER.flatMap(key => [key, `*.${key}`, `*.*.${key}`]), censor: '(hidden)' },
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}
