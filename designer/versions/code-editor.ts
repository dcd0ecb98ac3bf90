/** The editor of the canonical JSON: colours, completion from the schema, problems at their places. Loaded when it is first shown. */
import { autocompletion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete'
import { json, jsonLanguage } from '@codemirror/lang-json'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { type Diagnostic, linter, lintGutter, setDiagnostics } from '@codemirror/lint'
import { Compartment, EditorState } from '@codemirror/state'
import { tags } from '@lezer/highlight'
import { basicSetup, EditorView } from 'codemirror'
import { completeKeys, completeValues, type Problem, readJson } from '../../server/engine/index.ts'
import { versions as words } from '../words/versions.ts'
import { placeOf, writtenAt } from './json-places.ts'

/** The editor in the page. */
export interface CodeEditor {
  /** Replaces the text where it differs, so that the cursor stays; nobody is told. */
  show(text: string): void
  /** Marks problems where they are. */
  mark(problems: readonly Problem[]): void
  readonly text: string
  readonly hasFocus: boolean
  setReadOnly(isReadOnly: boolean): void
  /** Shows and selects the place of a pointer. */
  goTo(pointer: string): void
  close(): void
}

/** Colours are tokens of the look, so both themes fit. */
const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--accent-ink)' },
  { tag: tags.string, color: 'var(--ink)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--act)' },
  { tag: [tags.brace, tags.squareBracket, tags.separator, tags.punctuation], color: 'var(--ink-3)' },
])

const look = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--panel)', color: 'var(--ink)', fontSize: '12px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55' },
  '.cm-gutters': { backgroundColor: 'var(--sunken)', color: 'var(--ink-3)', borderRight: '1px solid var(--line)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--hover) 60%, transparent)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--accent-soft) !important' },
  '.cm-matchingBracket': { backgroundColor: 'var(--accent-soft) !important' },
  '.cm-tooltip': { border: '1px solid var(--line)', borderRadius: '8px', backgroundColor: 'var(--panel)', color: 'var(--ink)', boxShadow: 'var(--shadow-3)' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--accent-soft)', color: 'var(--accent-ink)' },
  '.cm-completionDetail': { color: 'var(--ink-3)', fontStyle: 'normal' },
  '.cm-panels': { backgroundColor: 'var(--sunken)', color: 'var(--ink)' },
  '.cm-foldPlaceholder': { border: '0', backgroundColor: 'var(--hover)', color: 'var(--ink-2)' },
})

/** Puts an editor into `parent`. `changed` is told what somebody wrote. */
export function openCodeEditor(parent: HTMLElement, text: string, changed: (text: string) => void): CodeEditor {
  const access = new Compartment()
  let isShowing = false
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        basicSetup,
        json(),
        jsonLanguage.data.of({ autocomplete: complete }),
        autocompletion({ activateOnTyping: true }),
        linter(null),
        lintGutter(),
        syntaxHighlighting(colours),
        look,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': words.code, tabindex: '0' }),
        access.of([]),
        EditorView.updateListener.of(update => {
          if (update.docChanged && !isShowing) changed(update.state.doc.toString())
        }),
      ],
    }),
  })
  return {
    get text() {
      return view.state.doc.toString()
    },
    get hasFocus() {
      return view.hasFocus
    },
    show: next => {
      const change = smallestChange(view.state.doc.toString(), next)
      if (!change) return
      isShowing = true
      view.dispatch({ changes: change })
      isShowing = false
    },
    mark: problems => view.dispatch(setDiagnostics(view.state, diagnose(view.state, problems))),
    setReadOnly: isReadOnly => view.dispatch({ effects: access.reconfigure(isReadOnly ? [EditorState.readOnly.of(true)] : []) }),
    goTo: pointer => {
      const { from, to } = placeOf(view.state, pointer)
      view.dispatch({ selection: { anchor: from, head: to }, effects: EditorView.scrollIntoView(from, { y: 'center' }) })
    },
    close: () => view.destroy(),
  }
}

function diagnose(state: EditorState, problems: readonly Problem[]): Diagnostic[] {
  const reading = readJson(state.doc.toString())
  const diagnostics = problems.map(({ at, severity, message, hint }): Diagnostic => {
    const place = reading.ok ? placeOf(state, at) : placeOfMistake(state, reading)
    return { ...place, severity, message: hint === undefined ? message : `${message} ${hint}` }
  })
  return diagnostics.sort((one, other) => one.from - other.from)
}

function placeOfMistake(state: EditorState, { line, column }: { readonly line: number; readonly column: number }) {
  const found = state.doc.line(Math.min(Math.max(line, 1), state.doc.lines))
  const from = Math.min(found.from + Math.max(column - 1, 0), found.to)
  return { from, to: Math.min(from + 1, state.doc.length) }
}

/** What is the same at both ends stays, and with it the cursor and the folds. */
function smallestChange(old: string, next: string): { from: number; to: number; insert: string } | undefined {
  if (old === next) return undefined
  let start = 0
  while (start < old.length && start < next.length && old[start] === next[start]) start++
  let end = 0
  while (end < old.length - start && end < next.length - start && old[old.length - 1 - end] === next[next.length - 1 - end]) end++
  return { from: start, to: old.length - end, insert: next.slice(start, next.length - end) }
}

function complete({ state, pos, explicit }: CompletionContext): CompletionResult | null {
  const written = writtenAt(state, pos)
  if (!written || (!explicit && written.from === pos)) return null
  const reading = readJson(state.doc.toString())
  const file = reading.ok ? reading.value : readLoosely(state.doc.toString(), written.from, pos)
  const found = written.kind === 'key' ? completeKeys(file, written.path) : completeValues(file, written.path)
  if (found.length === 0) return null
  const hasValue = written.kind === 'key' && /^"?\s*:/.test(state.sliceDoc(pos, pos + 20))
  return {
    from: written.from,
    options: found.map(({ label, title, description, insert }) => ({
      label: `"${label}"`,
      displayLabel: label,
      detail: title === label ? '' : title,
      info: description || undefined,
      apply: hasValue ? JSON.stringify(label) : insert,
    })),
    validFor: /^"?\w*$/,
  } as CompletionResult
}

/** While a key is half written the file is no JSON: without that stretch it mostly is. */
function readLoosely(text: string, from: number, to: number): unknown {
  for (const filler of ['', '"":0', '""', '"":0,']) {
    const reading = readJson(`${text.slice(0, from)}${filler}${text.slice(to).replace(/^\w*"?/, '')}`)
    if (reading.ok) return reading.value
  }
  return undefined
}
