/** Importing a flow: by the button or by dropping its file, with a clear word for every kind of wrong file. */
import { Button, Group, List, Modal } from '@mantine/core'
import { type ReactNode, useCallback, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { flowsApi, Refusal } from '../api.ts'
import { toast, toastRefusal } from '../ui/toast.ts'
import { words } from '../words/en.ts'
import { copyName, freeId, readChosenFile } from './flow-file.ts'
import classes from './ImportFlow.module.css'
import { useFlowDeeds, useFlows } from './use-flows.ts'

/** As much as the server takes (bytes). */
const MOST_BYTES = 4_000_000
/** Problems shown of a refused file. */
const SHOWN = 10

/** What the dialog is about. */
type Question =
  | { readonly type: 'taken'; readonly id: string; readonly file: Readonly<Record<string, unknown>> }
  | { readonly type: 'refused'; readonly message: string; readonly problems: Refusal['problems'] }

/** The state of importing, shared by button, palette and drop. */
export function useImport() {
  const input = useRef<HTMLInputElement>(null)
  const [question, ask] = useState<Question>()
  const [, navigate] = useLocation()
  const { data: flows = [] } = useFlows()
  const { refresh, ids } = useFlowDeeds()
  const chooseFile = useCallback(() => input.current?.click(), [])

  const send = async (file: Readonly<Record<string, unknown>>) => {
    try {
      const made = await flowsApi.make(file)
      ask(undefined)
      await refresh()
      toast(words.flows.imported(made.name), { label: words.flows.open, run: () => navigate(`/flows/${made.id}`) })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (error.code === 'flow.exists') ask({ type: 'taken', id: String(file.id), file })
      else if (error.isOffline) toastRefusal(error)
      else ask({ type: 'refused', message: error.message, problems: error.problems })
    }
  }
  const take = async (chosen: File) => {
    const refuse = (message: string) => ask({ type: 'refused', message, problems: [] })
    if (chosen.size > MOST_BYTES) return refuse(words.flows.importTooLarge)
    const read = readChosenFile(await chosen.text())
    if (read.type === 'not_json')
      return ask({ type: 'refused', message: words.flows.importNotJson, problems: (await import('./faults.ts')).faultsOf(read.text) })
    if (read.type === 'no_flow') return refuse(words.flows.importNoFlow)
    await send(read.file)
  }
  const replace = async ({ id, file }: { readonly id: string; readonly file: object }) => {
    try {
      const known = flows.find(flow => flow.id === id)
      await flowsApi.save(id, JSON.stringify(file), known?.draft.etag)
      ask(undefined)
      await refresh()
      navigate(`/flows/${id}`)
    } catch (error) {
      if (error instanceof Refusal && error.problems.length > 0) ask({ type: 'refused', message: error.message, problems: error.problems })
      else toastRefusal(error)
    }
  }
  /** Beside the one that is there, which has the same id. */
  const copy = ({ id, file }: { readonly id: string; readonly file: Readonly<Record<string, unknown>> }) =>
    send({ ...file, id: freeId(id, ids), ...(typeof file.name === 'string' ? { name: copyName(file.name, new Set(flows.map(({ name }) => name))) } : {}) })
  return { input, question, ask, chooseFile, take, copy, replace, nameOf: (id: string) => flows.find(flow => flow.id === id)?.name ?? id }
}

interface ImportFlowProps {
  readonly importing: ReturnType<typeof useImport>
  readonly mayWrite: boolean
  readonly children: ReactNode
}

/** The page around it takes a dropped file. */
export function ImportFlow({ importing, mayWrite, children }: ImportFlowProps) {
  const [isOver, setOver] = useState(false)
  if (!mayWrite) return children
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button does the same by keyboard
    <div
      className={classes.place}
      onDragOver={event => {
        if (!event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={event => {
        event.preventDefault()
        setOver(false)
        const [file] = event.dataTransfer.files
        if (file) void importing.take(file)
      }}
    >
      {children}
      {isOver && <p className={classes.over}>{words.flows.dropHere}</p>}
      <input
        ref={importing.input}
        type="file"
        accept="application/json,.json"
        hidden
        aria-label={words.flows.importJson}
        onChange={event => {
          const [file] = event.currentTarget.files ?? []
          if (file) void importing.take(file)
          // The same file may be chosen again, mended.
          event.currentTarget.value = ''
        }}
      />
      <ImportQuestion importing={importing} />
    </div>
  )
}

function ImportQuestion({ importing: { question, ask, chooseFile, replace, copy, nameOf } }: { readonly importing: ReturnType<typeof useImport> }) {
  const close = () => ask(undefined)
  if (question === undefined) return null
  if (question.type === 'taken') {
    return (
      <Modal opened onClose={close} title={words.flows.importTitle} size="lg">
        <p>{words.flows.importTaken(nameOf(question.id))}</p>
        <p className={classes.hint}>{words.flows.importTakenHint}</p>
        <Group justify="flex-end" mt="lg" gap="sm">
          <Button onClick={() => void replace(question)}>{words.flows.replaceDraft}</Button>
          <Button variant="filled" data-autofocus onClick={() => void copy(question)}>
            {words.flows.importAsCopy}
          </Button>
        </Group>
      </Modal>
    )
  }
  return (
    <Modal opened onClose={close} title={words.flows.importRefused} size="lg">
      <p>{question.message}</p>
      {question.problems.length > 0 && (
        <List className={classes.problems ?? ''}>
          {question.problems.slice(0, SHOWN).map(problem => (
            <List.Item key={`${problem.at} ${problem.message}`}>
              {problem.message} {problem.hint ?? ''}
              {problem.at !== '' && <code className={classes.at}>{problem.at}</code>}
            </List.Item>
          ))}
        </List>
      )}
      {question.problems.length > SHOWN && <p className={classes.hint}>{words.flows.moreProblems(question.problems.length - SHOWN)}</p>}
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button onClick={close}>{words.flows.close}</Button>
        <Button variant="filled" onClick={chooseFile} data-autofocus>
          {words.flows.chooseAnother}
        </Button>
      </Group>
    </Modal>
  )
}
