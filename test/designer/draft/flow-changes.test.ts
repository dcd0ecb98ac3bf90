import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addBlock, deleteChosen, withBlock, withExit } from '../../../designer/commands/index.ts'
import { changesBetween, withChanges } from '../../../designer/draft/flow-changes.ts'
import type { Flow } from '../../../server/engine/index.ts'
import { SMALL, viewOf } from '../../helpers/drawing.ts'

const withoutPlaces = ({ layout: _layout, ...flow }: Flow) => flow
const text = (flow: Flow) => JSON.stringify(withoutPlaces(flow))

describe('changes of a draft', () => {
  test('a key in one text is one block', () => {
    const after = withBlock(SMALL, 'bye', { type: 'end', text: 'By' })
    expect(changesBetween(SMALL, after)).toEqual({ blocks: { bye: { type: 'end', text: 'By' } } })
  })

  test('a block that was only moved is no change', () => {
    expect(changesBetween(SMALL, { ...SMALL, layout: { ...SMALL.layout, bye: [16, 512] } })).toBeUndefined()
  })

  test('what did not change stays the same object on the other side', () => {
    const first = withChanges(undefined, changesBetween(undefined, SMALL) ?? { blocks: {} })
    const next = withChanges(first, changesBetween(SMALL, withBlock(SMALL, 'bye', { type: 'end' })) ?? { blocks: {} })
    expect(next?.blocks.hello).toBe(first?.blocks.hello)
    expect(next?.languages).toBe(first?.languages)
  })

  test('the other side follows every edit, in the same order of blocks', () => {
    const ids = Object.keys(SMALL.blocks)
    const edits = fc.oneof(
      fc.constantFrom(...ids).map(id => (flow: Flow) => deleteChosen.apply(viewOf(flow, { blocks: [id] }), undefined)?.flow ?? flow),
      fc.constantFrom(...ids).map(id => (flow: Flow) => withExit(flow, id, 'next', 'bye')),
      fc.string().map(label => (flow: Flow) => withBlock(flow, 'bye', { type: 'end', label })),
      fc.string().map(
        name =>
          (flow: Flow): Flow => ({ ...flow, name }),
      ),
      fc.constant((flow: Flow) => addBlock.apply(viewOf(flow), { block: { type: 'message', text: '' } })?.flow ?? flow),
      // Undo brings back an earlier flow, with its order.
      fc.constant(() => SMALL),
    )
    fc.assert(
      fc.property(fc.array(edits, { maxLength: 12 }), steps => {
        let [here, known, there]: [Flow, Flow | undefined, Flow | undefined] = [SMALL, undefined, undefined]
        for (const edit of [(flow: Flow) => flow, ...steps]) {
          here = edit(here)
          const changes = changesBetween(known, here)
          known = here
          if (changes) there = withChanges(there, structuredClone(changes))
          expect(there && text(there)).toBe(text(here))
        }
      }),
    )
  })
})
