/** Takes a file into the draft: what it holds and what it would change, before anything happens. */
import { Button, Checkbox, FileButton, Group, List, Modal } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { diffFlows, type Flow, type FlowTestFile } from '../../server/engine/index.ts'
import { flowsApi } from '../api.ts'
import { useDraftStore } from '../draft/index.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { toast } from '../ui/toast.ts'
import { versions as words } from '../words/versions.ts'
import { ChangeList } from './ChangeList.tsx'
import classes from './ImportDialog.module.css'
import { type FileReading, readFile } from './read-file.ts'
import { showFailure } from './rolling-back.ts'

const MOST_PROBLEMS = 6

/** Replacing the draft is an edit like any other: undo brings the old one back. */
export function ImportDialog({ isOpen, close }: { readonly isOpen: boolean; close(): void }) {
  const [reading, setReading] = useState<FileReading>()
  const done = () => {
    setReading(undefined)
    close()
  }
  const choose = async (file: File | null) => {
    if (file) setReading(await readFile(file))
  }
  return (
    <Modal opened={isOpen} onClose={done} title={words.import} size="lg" closeButtonProps={{ 'aria-label': words.close }}>
      {reading?.type === 'flow' && <TakeFlow flow={reading.flow} migratedFrom={reading.migratedFrom} done={done} />}
      {reading?.type === 'tests' && <TakeTests file={reading.file} done={done} />}
      {(reading === undefined || reading.type === 'refused') && (
        <>
          {reading ? <Refused reading={reading} /> : <p>{words.importLead}</p>}
          <Group justify="flex-end" mt="lg" gap="sm">
            <Button onClick={done}>{words.keepDraft}</Button>
            <FileButton accept="application/json,.json" onChange={file => void choose(file)}>
              {props => (
                <Button {...props} variant="filled" leftSection={<Icon path={icons.upload} />} data-autofocus>
                  {reading ? words.chooseAnother : words.chooseFile}
                </Button>
              )}
            </FileButton>
          </Group>
        </>
      )}
    </Modal>
  )
}

function Refused({ reading }: { readonly reading: Extract<FileReading, { type: 'refused' }> }) {
  const { title, problems } = reading
  return (
    <div role="alert">
      <p>{title}</p>
      {problems.length > 0 && (
        <List className={classes.problems ?? ''}>
          {problems.slice(0, MOST_PROBLEMS).map(({ at, message, hint }) => (
            <List.Item key={`${at}${message}`}>
              {message} {hint}
              {at !== '' && <code className={classes.at}>{at}</code>}
            </List.Item>
          ))}
        </List>
      )}
      {problems.length > MOST_PROBLEMS && <p className={classes.hint}>{words.moreProblems(problems.length - MOST_PROBLEMS)}</p>}
    </div>
  )
}

function TakeFlow({ flow, migratedFrom, done }: { readonly flow: Flow; readonly migratedFrom: number | undefined; done(): void }) {
  const store = useDraftStore()
  const own = store.getState().flow
  // The id is the flow's address: what comes in takes the place of the draft, not another address.
  const [takesName, setTakesName] = useState(false)
  const taken: Flow = { ...flow, id: own.id, name: takesName ? flow.name : own.name }
  const diff = diffFlows(own, taken)
  const changes = diff.blocks.length + diff.settings.length
  return (
    <>
      <p>
        {words.importFlow(flow.name)} {flow.id === own.id ? '' : words.importOther(flow.id, own.id)}{' '}
        {migratedFrom === undefined ? '' : words.importMigrated(migratedFrom)}
      </p>
      <p className={classes.hint}>{changes + diff.moved.length === 0 ? words.importSame : words.importReplaces(changes)}</p>
      {flow.name !== own.name && (
        <Checkbox mt="sm" size="xs" label={words.importName(flow.name)} checked={takesName} onChange={event => setTakesName(event.currentTarget.checked)} />
      )}
      {changes > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keys too
        <section className={classes.changes} aria-label={words.changes(changes)} tabIndex={0}>
          <ChangeList blocks={diff.blocks} settings={diff.settings} before={own} after={taken} level={3} />
        </section>
      )}
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button onClick={done}>{words.keepDraft}</Button>
        <Button
          variant="filled"
          data-autofocus
          disabled={changes + diff.moved.length === 0}
          onClick={() => {
            store.getState().edit(() => taken)
            toast(words.imported, { label: words.undo, run: () => store.getState().undo() })
            done()
          }}
        >
          {words.replaceDraft}
        </Button>
      </Group>
    </>
  )
}

function TakeTests({ file, done }: { readonly file: FlowTestFile; done(): void }) {
  const store = useDraftStore()
  const client = useQueryClient()
  const { id } = store.getState()
  const save = async () => {
    try {
      await flowsApi.saveTests(id, { ...file, flow: id })
      await client.invalidateQueries({ queryKey: ['flow_tests', id] })
      toast(words.testsSaved(file.tests.length))
      done()
    } catch (error) {
      showFailure(error)
    }
  }
  return (
    <>
      <p>
        {words.importTests(file.tests.length)} {file.flow === id ? '' : words.testsOfOther(file.flow)}
      </p>
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button onClick={done}>{words.cancel}</Button>
        <Button variant="filled" data-autofocus onClick={() => void save()}>
          {words.saveTests}
        </Button>
      </Group>
    </>
  )
}
