/** What a server still has to do, looked up in its rows while it runs. */
import { join } from 'node:path'
import Database from 'better-sqlite3'

/** Events not handled, deliveries not settled, calls not answered, files not fetched. */
export function countWorkLeft(dir: string): number {
  const db = new Database(join(dir, 'parley.db'), { readonly: true })
  try {
    const row = db
      .prepare<[], { left: number }>(`
        select (select count(*) from events where step is null) + (select count(*) from deliveries where status = 'queued')
          + (select count(*) from http_calls) + (select count(*) from files where status = 'fetching') as left`)
      .get()
    return row?.left ?? 0
  } finally {
    db.close()
  }
}
