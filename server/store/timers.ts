/** Timers: events due later, as rows. */
import type { TimerName } from '../engine/index.ts'
import type { Queries } from './dialect.ts'
import type { Timer } from './records.ts'
import { compileInsert, compileStatement, writeOf } from './statement.ts'
import type { Timers } from './store.ts'
import type { TimerRow } from './tables.ts'

const COLUMNS = ['contact', 'name', 'slot', 'wait', 'due_at', 'delay_ms', 'after_delivery', 'remaining_ms'] as const

/** Makes the repository. */
export function createTimers({ db, inList, all }: Queries): Timers {
  const save = compileInsert(db, 'timers', COLUMNS, ['contact', 'name', 'slot'])
  const remove = compileStatement<Pick<TimerRow, 'contact' | 'name' | 'slot'>>(slot =>
    db.deleteFrom('timers').where('contact', '=', slot('contact')).where('name', '=', slot('name')).where('slot', '=', slot('slot')),
  )
  const removeAll = compileStatement<{ contact: string }>(slot => db.deleteFrom('timers').where('contact', '=', slot('contact')))
  const of = compileStatement<{ contacts: string }, TimerRow>(slot =>
    db
      .selectFrom('timers')
      .selectAll()
      .where(eb => inList(eb.ref('contact'), slot('contacts'))),
  )
  const due = compileStatement<{ from: number; before: number }, TimerRow>(slot =>
    db.selectFrom('timers').selectAll().where('due_at', '>=', slot('from')).where('due_at', '<', slot('before')).orderBy('due_at'),
  )

  return {
    save: timers => timers.map(timer => writeOf(save, { ...timer })),
    remove: keys => keys.map(({ contact, name, slot }) => writeOf(remove, { contact, name, slot })),
    removeAll: contacts => contacts.map(contact => writeOf(removeAll, { contact })),
    of: async contacts => (contacts.length === 0 ? [] : (await all(of, { contacts: JSON.stringify(contacts) })).map(recordOf)),
    due: async (from, before) => (await all(due, { from, before })).map(recordOf),
  }
}

function recordOf(row: TimerRow): Timer {
  // Only `save` writes names, and it takes them from the engine.
  return { ...row, name: row.name as TimerName }
}
