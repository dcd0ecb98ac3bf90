/** What a block that was just added lacks is held back until somebody has left it, or wants to publish. */
import { describe, expect, test } from 'vitest'
import { addBlock, deleteChosen } from '../../../designer/commands/index.ts'
import { openDraft } from '../../../designer/draft/open-draft.ts'
import { lintFlow } from '../../../server/engine/index.ts'
import { SMALL } from '../../helpers/drawing.ts'

function open() {
  const draft = openDraft({
    opened: { flow: SMALL, etag: '1', updatedAt: 0 },
    server: { load: async () => ({ flow: SMALL, etag: '1', updatedAt: 0 }), save: async () => ({ type: 'offline' }) },
    storage: { getItem: () => null, setItem: () => {}, removeItem: () => {} },
    timers: { set: () => 1, clear: () => {} },
    kept: undefined,
    linter: { lint: (flow, context, { found }) => found(lintFlow(flow, context)), again: () => {}, close: () => {} },
    lintContext: { channels: [] },
    readOnly: false,
    now: () => 0,
  }).getState
  const add = () => {
    draft().run(addBlock, { block: { type: 'question', text: '', timeout: '1 day' } })
    return draft().selection.blocks[0] ?? ''
  }
  const shown = (id: string) => draft().shownProblems.filter(problem => problem.block === id).length
  const found = (id: string) => draft().problems.filter(problem => problem.block === id).length
  return { draft, add, shown, found }
}

describe('a block that was just added', () => {
  test('shows what it lacks once another block is chosen', () => {
    const { draft, add, shown, found } = open()
    const id = add()
    expect([found(id) > 0, shown(id)]).toEqual([true, 0])
    draft().choose({ blocks: ['hello'] })
    expect(shown(id)).toBe(found(id))
  })

  test('shows what it lacks when somebody wants to publish', () => {
    const { draft, add, shown, found } = open()
    const id = add()
    draft().showAllProblems()
    expect(shown(id)).toBe(found(id))
  })

  test('is not new again when undo brings it back', () => {
    const { draft, add, shown, found } = open()
    const id = add()
    draft().choose({ blocks: ['hello'] })
    draft().choose({ blocks: [id] })
    draft().run(deleteChosen, undefined)
    draft().undo()
    expect(shown(id)).toBe(found(id))
  })
})
