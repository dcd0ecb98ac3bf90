/** Counts of what conversations passed, in spans of time: small whatever the size of the log. */
import type { Queries } from './dialect.ts'
import type { Counted } from './records.ts'
import { compileStatement, writeOf, writeOnce } from './statement.ts'
import type { BlockCounts } from './store.ts'
import type { BlockCountRow } from './tables.ts'

/** Makes the repository. */
export function createBlockCounts({ db }: Queries): BlockCounts {
  const add = compileStatement<BlockCountRow & Record<keyof BlockCountRow, string | number>>(slot =>
    db
      .insertInto('block_counts')
      .values({
        flow: slot('flow'),
        version: slot('version'),
        span: slot('span'),
        at: slot('at'),
        counted: slot('counted'),
        block: slot('block'),
        exit: slot('exit'),
        count: slot('count'),
      })
      .onConflict(on =>
        on
          .columns(['flow', 'version', 'span', 'at', 'counted', 'block', 'exit'])
          .doUpdateSet(eb => ({ count: eb('block_counts.count', '+', eb.ref('excluded.count')) })),
      ),
  )

  return {
    add: changes => changes.map(change => writeOf(add, { ...change })),
    sum: async ({ flow, version, span, since }) => {
      const rows = await db
        .selectFrom('block_counts')
        .select(eb => ['counted', 'block', 'exit', eb.fn.sum<number>('count').as('count')])
        .where('flow', '=', flow)
        .where('version', '=', version)
        .where('span', '=', span)
        .where('at', '>=', since)
        .groupBy(['counted', 'block', 'exit'])
        .execute()
      // Only `add` writes the word, and it takes it from the runtime.
      return rows.map(row => ({ ...row, counted: row.counted as Counted, count: Number(row.count) })).filter(row => row.count > 0)
    },
    removeBefore: (span, at) => [writeOnce(db.deleteFrom('block_counts').where('span', '=', span).where('at', '<', at))],
  }
}
