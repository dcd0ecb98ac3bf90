import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addNote, COMMANDS, connect, deleteChosen, renameBlock } from '../../../designer/commands/index.ts'
import type { Linter } from '../../../designer/draft/linter.ts'
import { type OpenDraft, openDraft } from '../../../designer/draft/open-draft.ts'
import { readCopy } from '../../../designer/draft/read-copy.ts'
import { SAVE_AFTER_MS, TRY_AGAIN_MS } from '../../../designer/draft/saver.ts'
import type { SaveAnswer } from '../../../designer/draft/server.ts'
import { type Flow, parseFlow, printFlow } from '../../../server/engine/index.ts'
import { readied, SMALL } from '../../helpers/drawing.ts'
import { randomFlow } from '../../helpers/random-flow.ts'

const silent: Linter = { lint: () => {}, again: () => {}, close: () => {} }

/** A server, a clock and a browser's storage in memory. */
function world(flow: Flow) {
  const kept = new Map<string, string>()
  const timers = new Map<number, { at: number; run: () => void }>()
  const state = { flow, etag: 1, isOffline: false, refusal: '', now: 0, timer: 0, saves: 0 }
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
  const server = {
    load: async () => {
      if (state.isOffline) throw new Error('offline')
      return { flow: state.flow, etag: String(state.etag), updatedAt: 0 }
    },
    save: async (_: string, file: string, etag: string): Promise<SaveAnswer> => {
      state.saves++
      if (state.isOffline) throw new Error('offline')
      if (state.refusal !== '') return { type: 'refused', message: state.refusal }
      if (etag !== String(state.etag)) return { type: 'conflict' }
      const parsed = parseFlow(file)
      if (!parsed.ok) return { type: 'refused', message: 'not well-formed' }
      state.flow = parsed.flow
      state.etag++
      return { type: 'saved', etag: String(state.etag) }
    },
  }
  const open = (readOnly = false) =>
    openDraft({
      opened: { flow: state.flow, etag: String(state.etag), updatedAt: 0 },
      server,
      storage,
      timers: {
        set(run, delayMs) {
          timers.set(++state.timer, { at: state.now + delayMs, run })
          return state.timer
        },
        clear: timer => void timers.delete(timer),
      },
      kept: readCopy(storage, state.flow.id),
      linter: silent,
      lintContext: { channels: [] },
      readOnly,
      now: () => state.now,
    })
  /** Lets time pass and everything that waits for it happen. */
  const pass = async (ms: number) => {
    const until = state.now + ms
    for (;;) {
      const due = [...timers].filter(([, timer]) => timer.at <= until).sort(([, one], [, other]) => one.at - other.at)[0]
      if (!due) break
      timers.delete(due[0])
      state.now = Math.max(state.now, due[1].at)
      due[1].run()
      for (let i = 0; i < 20; i++) await Promise.resolve()
    }
    state.now = until
    for (let i = 0; i < 20; i++) await Promise.resolve()
  }
  /** Somebody else saves. */
  const elsewhere = (change: (flow: Flow) => Flow) => {
    state.flow = change(state.flow)
    state.etag++
  }
  return { state, kept, open, pass, elsewhere }
}

const label = (draft: { getState(): OpenDraft }, name: string) => draft.getState().run(renameBlock, { block: 'topic', label: name })
const labelOf = (flow: Flow) => flow.blocks.topic?.label

describe('undo', () => {
  test('brings back the same bytes, edit by edit, and redo the edits', () => {
    fc.assert(
      fc.property(randomFlow(), fc.array(fc.nat(100), { minLength: 1, maxLength: 8 }), (flow, draws) => {
        const draft = world(flow).open()
        const { run, choose, undo, redo } = draft.getState()
        const seen = [printFlow(flow)]
        for (const draw of draws) {
          const ids = Object.keys(draft.getState().flow.blocks)
          choose({ blocks: ids.filter((_, index) => (index + draw) % 3 === 0) })
          const command = COMMANDS[draw % COMMANDS.length]
          const before = draft.getState().flow
          if (draw % 4 === 0) run(addNote, { at: [draw, draw] })
          else if (command) run(readied(command, draft.getState().view()), undefined)
          if (draft.getState().flow !== before) seen.push(printFlow(draft.getState().flow))
        }
        for (const bytes of seen.toReversed().slice(1)) {
          undo()
          expect(printFlow(draft.getState().flow)).toBe(bytes)
        }
        expect(draft.getState().canUndo).toBe(false)
        for (const bytes of seen.slice(1)) {
          redo()
          expect(printFlow(draft.getState().flow)).toBe(bytes)
        }
        expect(draft.getState().canRedo).toBe(false)
      }),
      { numRuns: 60 },
    )
  })

  test('takes edits of one gesture in one step, and of two gestures in two', async () => {
    const { open, pass } = world(SMALL)
    const draft = open()
    const name = (text: string) => draft.getState().edit(flow => ({ ...flow, name: text }), 'name')
    name('A')
    name('AB')
    await pass(5000)
    name('ABC')
    expect(draft.getState().flow.name).toBe('ABC')
    draft.getState().undo()
    expect(draft.getState().flow.name).toBe('AB')
    draft.getState().undo()
    expect(draft.getState().flow.name).toBe('Drawn')
  })

  test('brings back what was chosen', () => {
    const draft = world(SMALL).open()
    draft.getState().choose({ blocks: ['topic'] })
    draft.getState().run(deleteChosen, undefined)
    expect(draft.getState().selection.blocks).toEqual([])
    draft.getState().undo()
    expect(draft.getState().selection.blocks).toEqual(['topic'])
  })

  test('is not there for who may only look', () => {
    const draft = world(SMALL).open(true)
    expect(label(draft, 'Other')).toBe(false)
    draft.getState().edit(flow => ({ ...flow, name: 'Other' }))
    expect(draft.getState().flow).toBe(SMALL)
  })
})

describe('saving', () => {
  test('happens by itself a moment after the last edit', async () => {
    const { state, open, pass } = world(SMALL)
    const draft = open()
    expect(draft.getState().saveState).toBe('saved')
    label(draft, 'One')
    expect(draft.getState().saveState).toBe('unsaved')
    await pass(SAVE_AFTER_MS - 1)
    expect(state.saves).toBe(0)
    await pass(1)
    expect(draft.getState().saveState).toBe('saved')
    expect(labelOf(state.flow)).toBe('One')
  })

  test('sends nothing when an edit was undone before it', async () => {
    const { state, open, pass } = world(SMALL)
    const draft = open()
    label(draft, 'One')
    draft.getState().undo()
    await pass(60_000)
    expect([draft.getState().saveState, state.saves]).toEqual(['saved', 0])
  })

  test('keeps edits in the browser while the connection is lost, and sends them when it is back', async () => {
    const { state, kept, open, pass } = world(SMALL)
    const draft = open()
    state.isOffline = true
    label(draft, 'One')
    await pass(SAVE_AFTER_MS)
    expect(draft.getState().saveState).toBe('offline')
    label(draft, 'Two')
    await pass(300)
    expect([...kept.values()].join()).toContain('Two')
    expect(draft.getState().wouldLose()).toBe(false)
    state.isOffline = false
    await pass(TRY_AGAIN_MS[0] ?? 0)
    expect([draft.getState().saveState, labelOf(state.flow), kept.size]).toEqual(['saved', 'Two', 0])
  })

  test('brings unsaved edits back after a crash', async () => {
    const { state, open, pass } = world(SMALL)
    const before = open()
    state.isOffline = true
    label(before, 'One')
    await pass(1000)
    state.isOffline = false
    const after = open()
    expect(labelOf(after.getState().flow)).toBe('One')
    expect(after.getState().saveState).toBe('unsaved')
    await pass(1000)
    expect([after.getState().saveState, labelOf(state.flow)]).toEqual(['saved', 'One'])
  })

  test('says why the server refused, and asks before edits would be lost without storage', async () => {
    const { state, open, pass, kept } = world(SMALL)
    const draft = open()
    kept.set = () => {
      throw new Error('full')
    }
    state.refusal = 'Flows are locked'
    label(draft, 'One')
    await pass(1000)
    expect([draft.getState().saveState, draft.getState().refusal, draft.getState().wouldLose()]).toEqual(['refused', 'Flows are locked', true])
  })
})

describe('two people', () => {
  const opened = async () => {
    const all = world(SMALL)
    const draft = all.open()
    label(draft, 'Mine')
    all.elsewhere(flow => ({ ...flow, blocks: { ...flow.blocks, bye: { ...flow.blocks.bye, type: 'end', text: 'See you' } } }))
    await all.pass(1000)
    return { ...all, draft }
  }

  test('never overwrite each other: both versions are there to compare', async () => {
    const { draft, state } = await opened()
    expect(draft.getState().saveState).toBe('conflict')
    expect(draft.getState().conflict?.theirs.flow.blocks.bye?.text).toBe('See you')
    expect(labelOf(draft.getState().flow)).toBe('Mine')
    expect(labelOf(state.flow)).toBe('Topic')
  })

  test('save nothing until somebody chose, and keep further edits', async () => {
    const { draft, state, pass, kept } = await opened()
    draft.getState().run(connect, { from: { block: 'topic', exit: 'else' }, to: 'hello' })
    await pass(60_000)
    expect([labelOf(state.flow), state.etag]).toEqual(['Topic', 2])
    expect([...kept.values()].join()).toContain('"else":"hello"')
  })

  test('can take theirs, and undo brings mine back', async () => {
    const { draft, state, pass } = await opened()
    const theirs = draft.getState().conflict?.theirs.flow
    if (theirs) draft.getState().settle(theirs)
    await pass(1000)
    expect([draft.getState().saveState, labelOf(draft.getState().flow), state.etag]).toEqual(['saved', 'Topic', 2])
    draft.getState().undo()
    expect(labelOf(draft.getState().flow)).toBe('Mine')
  })

  test('can keep mine', async () => {
    const { draft, state, pass } = await opened()
    draft.getState().settle(draft.getState().flow)
    await pass(1000)
    expect([draft.getState().saveState, labelOf(state.flow), state.flow.blocks.bye?.text]).toEqual(['saved', 'Mine', 'Bye'])
  })

  test('meet again in a second conflict when a third one saves meanwhile', async () => {
    const { draft, elsewhere, pass } = await opened()
    elsewhere(flow => ({ ...flow, name: 'Third' }))
    draft.getState().settle(draft.getState().flow)
    await pass(1000)
    expect(draft.getState().conflict?.theirs.flow.name).toBe('Third')
  })

  test('find out after a crash too', async () => {
    const all = world(SMALL)
    const before = all.open()
    all.state.isOffline = true
    label(before, 'Mine')
    await all.pass(1000)
    before.getState().close()
    all.state.isOffline = false
    all.elsewhere(flow => ({ ...flow, name: 'Theirs' }))
    const after = all.open()
    expect([after.getState().saveState, labelOf(after.getState().flow), after.getState().conflict?.theirs.flow.name]).toEqual(['conflict', 'Mine', 'Theirs'])
  })
})
