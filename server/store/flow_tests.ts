/** The test file of each flow. */
import type { Queries } from './dialect.ts'
import { writeOnce } from './statement.ts'
import type { FlowTests } from './store.ts'

/** Makes the repository. */
export function createFlowTests({ db }: Queries): FlowTests {
  return {
    byFlow: flow => db.selectFrom('flow_tests').selectAll().where('flow', '=', flow).executeTakeFirst(),
    insert: tests => [writeOnce(db.insertInto('flow_tests').values(tests))],
    save: ({ flow, file, updated_at }, expected) => [
      writeOnce(
        db
          .updateTable('flow_tests')
          .set({ file, updated_at, revision: expected + 1 })
          .where('flow', '=', flow)
          .where('revision', '=', expected),
        1,
      ),
    ],
  }
}
