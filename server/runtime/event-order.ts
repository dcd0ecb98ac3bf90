/** The order in which waiting events of a contact are handled (rules 18, 31). */

/** What order needs to know of an event. */
export interface Orderable {
  readonly seq: number
  readonly at: number
  readonly order_key: number | null
}

/**
 * Sorts by the messenger's own order where both have one, else by time, else by arrival. Events with an order are put in
 * line first and never count as earlier than the one before them: mixing two comparisons otherwise makes circles.
 */
export function sortEvents<T extends Orderable>(events: readonly T[]): T[] {
  if (events.length < 2) return [...events]
  const ordered = events.filter(event => event.order_key !== null).sort((a, b) => (a.order_key ?? 0) - (b.order_key ?? 0) || a.seq - b.seq)
  let latest = Number.NEGATIVE_INFINITY
  const times = new Map<T, number>()
  for (const event of ordered) {
    latest = Math.max(latest, event.at)
    times.set(event, latest)
  }
  const rank = new Map(ordered.map((event, index) => [event, index]))
  return [...events].sort((a, b) => {
    const [rankA, rankB] = [rank.get(a), rank.get(b)]
    if (rankA !== undefined && rankB !== undefined) return rankA - rankB
    const byTime = (times.get(a) ?? a.at) - (times.get(b) ?? b.at)
    if (byTime !== 0) return byTime
    if (rankA !== undefined || rankB !== undefined) return rankA !== undefined ? -1 : 1
    return a.seq - b.seq
  })
}
