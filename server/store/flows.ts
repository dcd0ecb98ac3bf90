/** Flows, their drafts and their immutable versions. */
import type { Queries } from './dialect.ts'
import type { StoredFlow } from './records.ts'
import { compileStatement, writeOnce } from './statement.ts'
import type { Flows } from './store.ts'
import type { FlowRow, VersionRow } from './tables.ts'

/** Makes the repository. */
export function createFlows({ db, inList, all }: Queries): Flows {
  const recordOf = (row: FlowRow): StoredFlow => ({ ...row, archived: row.archived === 1 })
  const versionsByFlow = compileStatement<{ flows: string }, VersionRow>(slot =>
    db
      .selectFrom('versions')
      .selectAll()
      .where(eb => inList(eb.ref('flow'), slot('flows'))),
  )
  const change = (id: string, changes: Partial<FlowRow>) => [writeOnce(db.updateTable('flows').set(changes).where('id', '=', id), 1)]

  return {
    list: async () => (await db.selectFrom('flows').selectAll().orderBy('id').execute()).map(recordOf),
    byId: async id => {
      const row = await db.selectFrom('flows').selectAll().where('id', '=', id).executeTakeFirst()
      return row && recordOf(row)
    },
    insert: flow => [writeOnce(db.insertInto('flows').values({ ...flow, archived: flow.archived ? 1 : 0 }))],
    saveDraft: ({ id, name, draft, updated_at }, expected) => [
      writeOnce(
        db
          .updateTable('flows')
          .set({ name, draft, updated_at, draft_revision: expected + 1 })
          .where('id', '=', id)
          .where('draft_revision', '=', expected),
        1,
      ),
    ],
    insertVersion: version => [writeOnce(db.insertInto('versions').values(version))],
    setLive: (flow, version, at) => change(flow, { live_version: version, updated_at: at }),
    archive: (flow, archived, at) => change(flow, { archived: archived ? 1 : 0, updated_at: at }),
    versions: flow => db.selectFrom('versions').selectAll().where('flow', '=', flow).orderBy('version').execute(),
    versionsByNumber: async keys => {
      if (keys.length === 0) return []
      const wanted = new Set(keys.map(key => `${key.flow} ${key.version}`))
      const rows = await all(versionsByFlow, { flows: JSON.stringify([...new Set(keys.map(key => key.flow))]) })
      return rows.filter(row => wanted.has(`${row.flow} ${row.version}`))
    },
    liveVersions: () =>
      db
        .selectFrom('versions')
        .innerJoin('flows', join => join.onRef('flows.id', '=', 'versions.flow').onRef('flows.live_version', '=', 'versions.version'))
        .selectAll('versions')
        .execute(),
  }
}
