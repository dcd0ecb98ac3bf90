/** The canonical JSON beside the canvas. That of the draft can be edited; what is right goes into the draft at once, and back. */
import { ActionIcon } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { type Flow, type Problem, parseFlow, printFlow } from '../../server/engine/index.ts'
import { useDraft, useDraftStore } from '../draft/index.ts'
import { Loading } from '../shell/Loading.tsx'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { versions as words } from '../words/versions.ts'
import classes from './CodePanel.module.css'
import type { CodeEditor } from './code-editor.ts'

interface CodePanelProps {
  /** What is shown; the draft that is open when it is left out. */
  readonly flow?: Flow
  readonly isDraft?: boolean
  /** Given where the panel stands by itself: it then has a title, and can be closed. */
  close?(): void
}

/** Choosing a block on the canvas shows its place, unless somebody writes. */
export function CodePanel({ flow, isDraft = true, close }: CodePanelProps) {
  const store = useDraftStore()
  const draft = useDraft(({ flow: drawn }) => drawn)
  const readOnly = useDraft(open => open.readOnly)
  const lint = useDraft(({ problems }) => problems)
  const [mistakes, setMistakes] = useState<readonly Problem[]>([])
  const [editor, setEditor] = useState<CodeEditor>()
  const place = useRef<HTMLDivElement>(null)
  const chosen = useDraft(({ selection }) => selection.blocks[0])
  const shown = isDraft ? draft : (flow ?? draft)
  const isEditable = isDraft && !readOnly

  useEffect(() => {
    let opened: CodeEditor | undefined
    let isGone = false
    // Read by the editor when somebody writes, which is long after this.
    const write = (text: string) => {
      const read = readCode(text, store.getState().flow.id)
      setMistakes(read.problems)
      if (read.flow) {
        const { flow: written } = read
        store.getState().edit(before => (printFlow(before) === printFlow(written) ? before : written), 'code')
      }
    }
    void import('./code-editor.ts').then(({ openCodeEditor }) => {
      if (isGone || !place.current) return
      opened = openCodeEditor(place.current, '', write)
      setEditor(opened)
    })
    return () => {
      isGone = true
      opened?.close()
    }
  }, [store])

  useEffect(() => {
    if (!editor) return
    editor.setReadOnly(!isEditable)
    const parsing = parseFlow(editor.text)
    const text = printFlow(shown)
    // While somebody writes, what they wrote stands as long as it means the same.
    if (editor.hasFocus && parsing.ok && printFlow(parsing.flow) === text) return
    // A mistake is not written over by an edit somewhere else, unless the draft itself moved on.
    editor.show(text)
    setMistakes([])
  }, [editor, shown, isEditable])

  useEffect(() => editor?.mark(mistakes.length > 0 ? mistakes : isDraft ? lint : []), [editor, mistakes, lint, isDraft])

  useEffect(() => {
    if (editor && !editor.hasFocus && chosen !== undefined) editor.goTo(`/blocks/${chosen}`)
  }, [editor, chosen])

  return (
    <div className={classes.code}>
      {close && (
        <div className={classes.head}>
          <h2>{words.code}</h2>
          <ActionIcon size={26} aria-label={words.closeCode} onClick={close}>
            <Icon path={icons.close} />
          </ActionIcon>
        </div>
      )}
      <div className={classes.state} role="status" data-wrong={mistakes.length > 0 || undefined}>
        {mistakes.length > 0 ? words.codeWrong(mistakes.length) : isEditable ? words.codeInStep : words.codeReadOnly}
        {mistakes[0] && (
          <button type="button" onClick={() => editor?.goTo(mistakes[0]?.at ?? '')}>
            {mistakes[0].message}
          </button>
        )}
      </div>
      <div ref={place} className={classes.editor}>
        {!editor && <Loading />}
      </div>
      {isEditable && <p className={classes.hint}>{words.codeHint}</p>}
    </div>
  )
}

/** A flow, or what keeps the text from being one. */
function readCode(text: string, id: string): { readonly flow?: Flow; readonly problems: readonly Problem[] } {
  const parsing = parseFlow(text)
  if (!parsing.ok) return { problems: parsing.problems }
  if (parsing.flow.id === id) return { flow: parsing.flow, problems: [] }
  return { problems: [{ code: 'other_id', severity: 'error', at: '/id', message: words.codeOtherId }] }
}
