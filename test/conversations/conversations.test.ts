import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { playFlowTests } from '../../server/engine/index.ts'
import { loadConversations } from '../helpers/conversations.ts'

for (const folder of [import.meta.dirname, join(import.meta.dirname, '../../flows')]) {
  for (const { name, file, world } of loadConversations(folder)) {
    describe(name, () => {
      const report = playFlowTests(file, world)
      if (folder.endsWith('flows')) {
        it('the tests pass every block and every exit', () => expect([...report.coverage.blocks.missed, ...report.coverage.exits.missed]).toEqual([]))
      }
      for (const test of report.tests) {
        it(test.name, () => expect(test.failure).toBeUndefined())
      }
    })
  }
}
