/** Queues and the conversations that wait in them. */
import { DomainError } from '../engine/index.ts'
import type { Queries } from './dialect.ts'
import { readJsonOrNull, writeJsonOrNull } from './json.ts'
import type { Place, Queue } from './records.ts'
import { compileInsert, compileStatement, writeOf, writeOnce } from './statement.ts'
import type { Places, Queues } from './store.ts'
import type { QueuePlaceRow, QueueRow } from './tables.ts'

/** The queue that exists from the first start (rule 24). */
export const DEFAULT_QUEUE = 'default'

/** Makes the repository of queues. */
export function createQueues({ db }: Queries): Queues {
  const save = compileInsert(db, 'queues', ['slug', 'title', 'hours', 'max_size', 'max_wait_ms', 'staffing', 'created_at', 'updated_at'], ['slug'])
  const recordOf = (row: QueueRow): Queue => ({ ...row, hours: readJsonOrNull(row.hours), staffing: row.staffing === 'required' ? 'required' : 'ignore' })
  return {
    list: async () => (await db.selectFrom('queues').selectAll().orderBy('slug').execute()).map(recordOf),
    bySlug: async slug => {
      const row = await db.selectFrom('queues').selectAll().where('slug', '=', slug).executeTakeFirst()
      return row && recordOf(row)
    },
    save: queue => [writeOf(save, { ...queue, hours: writeJsonOrNull(queue.hours) })],
    remove: slug => {
      if (slug === DEFAULT_QUEUE) {
        throw new DomainError('queue.default', {
          message: 'The queue “default” cannot be deleted.',
          hint: 'It takes the conversations that have no other place.',
          at: `/queues/${slug}`,
        })
      }
      return [writeOnce(db.deleteFrom('queues').where('slug', '=', slug), 1)]
    },
  }
}

/** Makes the repository of places. */
export function createPlaces({ db }: Queries): Places {
  const columns = ['contact', 'connector', 'queue', 'conversation', 'wait', 'priority', 'since', 'front', 'forced', 'status'] as const
  const save = compileInsert(db, 'queue_places', columns, ['contact'])
  const remove = compileStatement<{ contact: string }>(slot => db.deleteFrom('queue_places').where('contact', '=', slot('contact')))
  const recordOf = (row: QueuePlaceRow): Place => ({
    ...row,
    front: row.front === 1,
    forced: row.forced === 1,
    status: row.status === 'joining' ? 'joining' : 'waiting',
  })
  return {
    save: places => places.map(place => writeOf(save, { ...place, front: place.front ? 1 : 0, forced: place.forced ? 1 : 0 })),
    remove: contacts => contacts.map(contact => writeOf(remove, { contact })),
    all: async () => (await db.selectFrom('queue_places').selectAll().execute()).map(recordOf),
  }
}
