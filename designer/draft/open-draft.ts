/** The store of one open draft: the flow, what is chosen, undo, problems and saving. Knows no React. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Flow, LintContext, Problem } from '../../server/engine/index.ts'
import { type Command, type EditorView, NOTHING_CHOSEN, type Selection } from '../commands/command.ts'
import { keepPlaces } from '../commands/places.ts'
import { editWords as words } from '../words/edits.ts'
import { begunAfter, NOTHING_BEGUN, shownOf, withIds } from './begun.ts'
import { sameValue } from './combine.ts'
import type { Draft } from './draft.ts'
import { type History, type Moment, NO_HISTORY, remember, stepBack, stepOn } from './history.ts'
import type { CopyStorage, KeptCopy } from './kept-copy.ts'
import type { Linter } from './linter.ts'
import { createSaver, type Timers } from './saver.ts'
import type { DraftServer, ServerDraft } from './server.ts'

/** Two versions of one draft: somebody else saved first. `base` is where both began. */
export interface DraftConflict {
  readonly base: Flow
  readonly mine: Flow
  readonly theirs: ServerDraft
}

/** The draft with what only its own parts use: the conflict, what is said, and what the canvas reports. */
export interface OpenDraft extends Draft {
  readonly conflict: DraftConflict | undefined
  /** Blocks that were just added and are still being filled in. */
  readonly begun: ReadonlySet<string>
  /** The problems without what such blocks lack: that is said quietly, not as a mistake. */
  readonly shownProblems: readonly Problem[]
  /** Problems cannot be looked for: those that are shown are old, or there are none to show. */
  readonly isUnlinted: boolean
  /** Looks for problems again. */
  lintAgain(): void
  /** Somebody wants to publish: what is not there yet is a mistake now. */
  showAllProblems(): void
  /** Why the server refused the draft; empty otherwise. */
  readonly refusal: string
  /** What the latest edit said, for screen readers and toasts; `number` grows with each. */
  readonly said: { readonly number: number; readonly text: string }
  /** The channels that texts are counted against. */
  readonly lintContext: LintContext
  /** Ends a conflict with the flow to go on from: mine, theirs, or both in one. */
  settle(flow: Flow): void
  /** Saves now: somebody pressed "Try again", or the connection is back. */
  saveNow(): Promise<void>
  /** The canvas measured blocks. */
  reportSizes(sizes: ReadonlyMap<string, readonly [number, number]>): void
  /** The pointer moved on the canvas, in flow coordinates. */
  reportPointer(at: readonly [number, number]): void
  /** Says something without an edit. */
  say(text: string): void
  setLintContext(context: LintContext): void
  /** Whether leaving the page now would lose edits. */
  wouldLose(): boolean
  close(): void
}

/** What opening a draft needs. */
export interface DraftParts {
  readonly opened: ServerDraft
  readonly server: DraftServer
  readonly storage: CopyStorage
  /** Edits of an earlier visit that the server may not have. */
  readonly kept: KeptCopy | undefined
  readonly timers: Timers
  readonly linter: Linter
  readonly lintContext: LintContext
  readonly readOnly: boolean
  /** Milliseconds; only differences matter. */
  now(): number
}

/** Opens a draft. Edits that an earlier visit could not save come back: saved if nobody else did since, else as a conflict. */
export function openDraft(parts: DraftParts): StoreApi<OpenDraft> {
  const { opened, server, storage, timers, linter, now } = parts
  const restored = parts.kept && !parts.readOnly && !sameValue(parts.kept.flow, opened.flow) ? parts.kept : undefined
  const isStale = restored !== undefined && restored.etag !== opened.etag && !sameValue(restored.base, opened.flow)

  let history: History = NO_HISTORY
  let known: ReadonlySet<string> = new Set(Object.keys((restored?.flow ?? opened.flow).blocks))
  let sizes: ReadonlyMap<string, readonly [number, number]> = new Map()
  let pointer: readonly [number, number] | undefined
  let isClosed = false

  const saver = createSaver(
    {
      server,
      storage,
      timers,
      flow: () => store.getState().flow,
      tell: (saveState, why) => {
        store.setState({ saveState, refusal: why ?? '' })
        if (saveState === 'conflict') void showConflict()
      },
    },
    { flow: restored?.base ?? opened.flow, etag: restored?.etag ?? opened.etag },
  )

  async function showConflict(): Promise<void> {
    const { flow, id } = store.getState()
    try {
      const theirs = await server.load(id)
      // The same edit from another window of the same person is no conflict.
      if (sameValue(theirs.flow, store.getState().flow)) saver.startFrom(store.getState().flow, theirs.etag)
      else store.setState({ conflict: { base: saver.base().flow, mine: flow, theirs } })
    } catch {
      // Without a connection there is nothing to compare yet; "Try again" asks anew.
      store.setState({ saveState: 'offline' })
      saver.startFrom(saver.base().flow, saver.base().etag)
    }
  }

  // At each edit, also while typing: the linter is told only what changed, and passes over what it cannot keep up with.
  function lint(flow = store.getState().flow): void {
    if (!isClosed)
      linter.lint(flow, store.getState().lintContext, {
        found(found) {
          const problems = keepSame(store.getState().problems, found)
          store.setState({ problems, shownProblems: shownOf(problems, store.getState().begun), isUnlinted: false })
        },
        failed: () => store.setState({ isUnlinted: true }),
      })
  }

  /** Where the draft goes, with what is begun there. */
  function goTo(flow: Flow, wanted: Selection): Pick<OpenDraft, 'flow' | 'selection'> & Partial<OpenDraft> {
    const { begun, problems, ...before } = store.getState()
    const after = { flow, selection: existing(flow, wanted) }
    const next = begunAfter(begun, known, before, after)
    if (flow.blocks !== before.flow.blocks) known = withIds(known, flow)
    return next === begun ? after : { ...after, begun: next, shownProblems: shownOf(problems, next) }
  }

  function show({ flow, selection }: Moment, more: Partial<OpenDraft> = {}): void {
    // First of all: the linter works beside this thread, which has drawing to do now.
    lint(flow)
    store.setState({ ...goTo(flow, selection), canUndo: history.past.length > 0, canRedo: history.future.length > 0, ...more })
    saver.changed()
  }
  const here = (): Moment => ({ flow: store.getState().flow, selection: store.getState().selection })
  const nextSaid = (text: string) => ({ said: { number: store.getState().said.number + 1, text } })

  const store = createStore<OpenDraft>()((set, get) => ({
    id: opened.flow.id,
    flow: restored?.flow ?? opened.flow,
    selection: NOTHING_CHOSEN,
    problems: [],
    begun: NOTHING_BEGUN,
    shownProblems: [],
    isUnlinted: false,
    saveState: restored && !isStale ? 'unsaved' : isStale ? 'conflict' : 'saved',
    readOnly: parts.readOnly,
    canUndo: false,
    canRedo: false,
    conflict: isStale && restored ? { base: restored.base, mine: restored.flow, theirs: opened } : undefined,
    refusal: '',
    said: { number: 0, text: '' },
    lintContext: parts.lintContext,

    view(): EditorView {
      const { flow, selection, problems, readOnly } = get()
      return { flow, selection, problems, pointer, sizes, readOnly }
    },
    run<Args>(command: Command<Args>, args: Args): boolean {
      const view = get().view()
      if (isClosed || !command.isAvailable(view)) return false
      const edit = command.apply(view, args)
      if (!edit) return false
      const said = edit.said === undefined ? {} : nextSaid(edit.said)
      if (edit.flow === view.flow) {
        set({ ...said, ...(edit.selection ? goTo(edit.flow, edit.selection) : {}) })
        return true
      }
      if (view.readOnly) return false
      keepPlaces(view.flow, edit.flow)
      history = remember(history, here(), now())
      show({ flow: edit.flow, selection: edit.selection ?? view.selection }, said)
      return true
    },
    edit(change: (flow: Flow) => Flow, gesture?: string): void {
      const { flow, selection, readOnly } = get()
      if (readOnly) return
      const changed = change(flow)
      if (changed === flow) return
      keepPlaces(flow, changed)
      history = remember(history, here(), now(), gesture)
      show({ flow: changed, selection })
    },
    choose(selection: Partial<Selection>): void {
      set(goTo(get().flow, { ...NOTHING_CHOSEN, ...selection }))
    },
    undo(): void {
      const step = get().readOnly ? undefined : stepBack(history, here())
      if (!step) return
      history = step.history
      show(step.moment, nextSaid(words.undone))
    },
    redo(): void {
      const step = get().readOnly ? undefined : stepOn(history, here())
      if (!step) return
      history = step.history
      show(step.moment, nextSaid(words.redone))
    },
    settle(flow: Flow): void {
      const { conflict } = get()
      if (!conflict) return
      history = remember(history, here(), now())
      set({ conflict: undefined })
      // Identity tells the saver whether there is something to save: equal to theirs is theirs.
      show({ flow: sameValue(flow, conflict.theirs.flow) ? conflict.theirs.flow : flow, selection: get().selection })
      saver.startFrom(conflict.theirs.flow, conflict.theirs.etag)
    },
    lintAgain: () => linter.again(),
    showAllProblems: () => set({ begun: NOTHING_BEGUN, shownProblems: get().problems }),
    saveNow: () => saver.saveNow(),
    reportSizes(measured) {
      sizes = measured
    },
    reportPointer(at) {
      pointer = at
    },
    say: text => set(nextSaid(text)),
    setLintContext(lintContext) {
      set({ lintContext })
      lint()
    },
    wouldLose: () => saver.wouldLose(),
    close() {
      isClosed = true
      saver.close()
      linter.close()
    },
  }))
  lint()
  if (restored && !isStale) saver.startFrom(opened.flow, opened.etag)
  return store
}

/** The selection without what the flow no longer has. */
function existing(flow: Flow, selection: Selection): Selection {
  const notes = flow.layout?.$notes ?? {}
  const frames = flow.layout?.$frames ?? {}
  return {
    blocks: selection.blocks.filter(id => flow.blocks[id] !== undefined),
    connections: selection.connections.filter(({ block, exit }) => flow.blocks[block]?.exits?.[exit] !== undefined),
    notes: selection.notes.filter(id => notes[id] !== undefined),
    frames: selection.frames.filter(id => frames[id] !== undefined),
  }
}

/** The known problems where they are the same, so that blocks whose problems did not change are not drawn anew. */
function keepSame(known: readonly Problem[], found: readonly Problem[]): readonly Problem[] {
  if (sameValue(known, found)) return known
  const byText = new Map(known.map(problem => [JSON.stringify(problem), problem]))
  return found.map(problem => byText.get(JSON.stringify(problem)) ?? problem)
}
