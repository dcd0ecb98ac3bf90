/** Decisions about running conversations: made with a publication, done in batches afterwards. */
import type { Queries } from './dialect.ts'
import { readJson } from './json.ts'
import { pageOf, readCursor } from './pages.ts'
import type { Move } from './records.ts'
import { compileInsert, compileStatement, writeOf } from './statement.ts'
import type { Moves } from './store.ts'
import type { MoveRow } from './tables.ts'

const COLUMNS = ['id', 'flow', 'version', 'choices', 'author', 'total', 'moved', 'restarted', 'stayed', 'cursor', 'created_at', 'finished_at'] as const

/** Makes the repository. */
export function createMoves({ db }: Queries): Moves {
  const insert = compileInsert(db, 'moves', COLUMNS)
  const count = {
    move: compileStatement<{ id: string }>(slot =>
      db
        .updateTable('moves')
        .set(eb => ({ moved: eb('moved', '+', 1) }))
        .where('id', '=', slot('id')),
    ),
    restart: compileStatement<{ id: string }>(slot =>
      db
        .updateTable('moves')
        .set(eb => ({ restarted: eb('restarted', '+', 1) }))
        .where('id', '=', slot('id')),
    ),
  }
  const proceed = compileStatement<{ id: string; stayed: number; cursor: string | null; finished_at: number | null }>(slot =>
    db
      .updateTable('moves')
      .set(eb => ({ stayed: eb('stayed', '+', slot('stayed')), cursor: slot('cursor'), finished_at: slot('finished_at') }))
      .where('id', '=', slot('id')),
  )

  return {
    insert: ({ choices, ...move }) => [writeOf(insert, { ...move, choices: JSON.stringify(choices), cursor: null })],
    ofFlow: async (flow, { cursor, limit }) => {
      const after = readCursor(cursor)
      let query = db
        .selectFrom('moves')
        .selectAll()
        .where('flow', '=', flow)
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit + 1)
      if (after) query = query.where(eb => eb(eb.refTuple('created_at', 'id'), '<', eb.tuple(after.at, after.id)))
      return pageOf((await query.execute()).map(recordOf), limit, move => ({ at: move.created_at, id: move.id }))
    },
    next: async () => {
      const row = await db.selectFrom('moves').selectAll().where('finished_at', 'is', null).orderBy('created_at').orderBy('id').executeTakeFirst()
      return row && { move: recordOf(row), cursor: row.cursor }
    },
    count: (id, choice) => [writeOf(count[choice], { id })],
    proceed: (id, { stayed, cursor, at }) => [writeOf(proceed, { id, stayed, cursor, finished_at: cursor === null ? at : null })],
  }
}

function recordOf({ choices, cursor: _cursor, ...row }: MoveRow): Move {
  return { ...row, choices: readJson<Move['choices']>(choices) }
}
