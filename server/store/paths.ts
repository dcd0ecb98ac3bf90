/** Paths of conversations: one row a contact, behind the event log by a moment and caught up by the runtime. */
import type { Queries } from './dialect.ts'
import { readJson } from './json.ts'
import type { HandledStep, StoredPath, VersionName } from './records.ts'
import { compileInsert, compileStatement, writeOf } from './statement.ts'
import type { Paths } from './store.ts'
import type { EventRow, PathRow } from './tables.ts'

const COLUMNS = ['contact', 'conversation', 'step', 'seq', 'flow', 'version', 'hash', 'waits_flow', 'waits_version', 'waits_block', 'passes'] as const

/** Makes the repository. */
export function createPaths({ db, inList, all }: Queries): Paths {
  const insert = compileInsert(db, 'paths', COLUMNS)
  const update = compileStatement<PathRow & Record<keyof PathRow, string | number | null> & { before: number }>(slot =>
    db
      .updateTable('paths')
      .set({
        conversation: slot('conversation'),
        step: slot('step'),
        seq: slot('seq'),
        flow: slot('flow'),
        version: slot('version'),
        hash: slot('hash'),
        waits_flow: slot('waits_flow'),
        waits_version: slot('waits_version'),
        waits_block: slot('waits_block'),
        passes: slot('passes'),
      })
      .where('contact', '=', slot('contact'))
      .where('step', '=', slot('before')),
  )
  const of = compileStatement<{ contacts: string }, PathRow>(slot =>
    db
      .selectFrom('paths')
      .selectAll()
      .where(eb => inList(eb.ref('contact'), slot('contacts'))),
  )
  // From `seq` on: without it a contact's whole history would be read for the few new steps.
  const steps = compileStatement<{ contact: string; seq: number; step: number; limit: number }, Pick<EventRow, (typeof STEP)[number]>>(slot =>
    db
      .selectFrom('events')
      .select(STEP)
      .where('contact', '=', slot('contact'))
      .where('seq', '>', slot('seq'))
      .where('step', '>', slot('step'))
      .orderBy('step')
      .limit(slot('limit')),
  )

  return {
    of: async contacts => (contacts.length === 0 ? [] : (await all(of, { contacts: JSON.stringify(contacts) })).map(recordOf)),
    save: (path, before) => [before === null ? writeOf(insert, rowOf(path)) : writeOf(update, { ...rowOf(path), before }, 1)],
    behind: async (after, limit) => {
      const rows = await db
        .selectFrom('contacts')
        .leftJoin('paths', 'paths.contact', 'contacts.id')
        .select(['contacts.id', 'contacts.steps', 'paths.step'])
        .where('contacts.id', '>', after)
        .orderBy('contacts.id')
        .limit(limit)
        .execute()
      return { contacts: rows.filter(row => row.steps > (row.step ?? 0)).map(row => row.id), next: rows.length < limit ? null : (rows.at(-1)?.id ?? null) }
    },
    stepsAfter: async ({ contact, seq, step }, limit) => (await all(steps, { contact, seq, step, limit })).map(stepOf),
    versionNames: async ({ hashes, flows }) => {
      if (hashes.length === 0 && flows.length === 0) return []
      const names: readonly VersionName[] = await db
        .selectFrom('versions')
        .select(['flow', 'version', 'hash', 'created_at'])
        .where(eb => eb.or([eb('hash', 'in', [...hashes]), eb('flow', 'in', [...flows])]))
        .execute()
      return names
    },
    waiting: async flow => {
      const rows = await db
        .selectFrom('paths')
        .select(eb => ['waits_version', 'waits_block', eb.fn.countAll<number>().as('count')])
        .where('waits_flow', '=', flow)
        .groupBy(['waits_version', 'waits_block'])
        .execute()
      return rows.map(row => ({ version: row.waits_version ?? 0, block: row.waits_block ?? '', count: Number(row.count) }))
    },
  }
}

const STEP = ['step', 'conversation', 'now', 'hash', 'trace'] as const

function stepOf({ step, conversation, now, hash, trace }: Pick<EventRow, (typeof STEP)[number]>): HandledStep {
  return { step: step ?? 0, conversation: conversation ?? 0, now: now ?? 0, hash, trace: readJson(trace ?? '[]') }
}

function rowOf({ waits, passes, ...row }: StoredPath): PathRow & Record<keyof PathRow, string | number | null> {
  return {
    ...row,
    waits_flow: waits?.flow ?? null,
    waits_version: waits?.version ?? null,
    waits_block: waits?.block ?? null,
    passes: JSON.stringify(passes),
  }
}

function recordOf({ waits_flow, waits_version, waits_block, passes, ...row }: PathRow): StoredPath {
  const waits = waits_flow === null || waits_version === null || waits_block === null ? null : { flow: waits_flow, version: waits_version, block: waits_block }
  return { ...row, waits, passes: readJson(passes) }
}
