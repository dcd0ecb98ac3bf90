/** Where the runtime says what operators should know; pino fits. Never secrets, never texts of messages. */
export interface Log {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}
