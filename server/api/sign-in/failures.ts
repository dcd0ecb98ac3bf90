/** Wrong passwords are counted for each e-mail, whatever address they come from. In memory: a restart forgives. */
import { DomainError } from '../../engine/index.ts'

/** So many wrong passwords for one e-mail within this time. */
const MOST = 20
const WINDOW_MS = 15 * 60_000
/** E-mails remembered at once; the oldest leave first. */
const REMEMBERED = 10_000

/** Counts failures. */
export interface FailureLimit {
  /** Throws `sign_in.too_many`. */
  check(email: string): void
  count(email: string): void
  forget(email: string): void
}

/** Makes it. */
export function createFailureLimit(now: () => number): FailureLimit {
  const failures = new Map<string, { since: number; times: number }>()
  const known = (email: string) => {
    const entry = failures.get(email.toLowerCase())
    return entry && now() - entry.since < WINDOW_MS ? entry : undefined
  }
  return {
    check: email => {
      if ((known(email)?.times ?? 0) < MOST) return
      throw new DomainError('sign_in.too_many', {
        message: 'The password was wrong too often.',
        hint: 'Wait a quarter of an hour, or ask an administrator for a link.',
        at: '/password',
        retry: 'later',
      })
    },
    count: email => {
      const { since, times } = known(email) ?? { since: now(), times: 0 }
      failures.delete(email.toLowerCase())
      failures.set(email.toLowerCase(), { since, times: times + 1 })
      const [oldest] = failures.keys()
      if (failures.size > REMEMBERED && oldest !== undefined) failures.delete(oldest)
    },
    forget: email => void failures.delete(email.toLowerCase()),
  }
}
