import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withBlock } from '../../../designer/commands/index.ts'
import { flowJson } from '../../../designer/draft/flow-json.ts'
import { randomFlow } from '../../helpers/random-flow.ts'

test('a flow as JSON is the flow, also after an edit', () => {
  fc.assert(
    fc.property(randomFlow(), fc.string(), (flow, text) => {
      expect(JSON.parse(flowJson(flow))).toEqual(flow)
      expect(Object.keys(JSON.parse(flowJson(flow)).blocks)).toEqual(Object.keys(flow.blocks))
      const edited = withBlock(flow, Object.keys(flow.blocks)[0] ?? 'first', { type: 'message', text })
      expect(JSON.parse(flowJson(edited))).toEqual(edited)
    }),
    { numRuns: 60 },
  )
})
