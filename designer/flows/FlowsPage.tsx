/** The list of flows: find one, begin one, put one away. */
import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMemo, useState } from 'react'
import type { FlowSummary } from '../../server/api/contract.ts'
import { useMay } from '../shell/me.ts'
import { type Action, useActions } from '../shell/palette.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { useTitle } from '../ui/title.ts'
import { words } from '../words/en.ts'
import { EmptyFlows } from './EmptyFlows.tsx'
import classes from './FlowsPage.module.css'
import { FlowTable } from './FlowTable.tsx'
import { ImportFlow, useImport } from './ImportFlow.tsx'
import { NewFlowDialog } from './NewFlowDialog.tsx'
import { TagFilter } from './TagFilter.tsx'
import { Templates } from './Templates.tsx'
import { useFlows } from './use-flows.ts'

/** The page `/flows`. */
export function FlowsPage() {
  const mayWrite = useMay('flows:write')
  const flows = useFlows()
  const importing = useImport()
  const [isNaming, naming] = useDisclosure()
  const { chooseFile } = importing
  useActions(
    useMemo<readonly Action[]>(
      () =>
        mayWrite
          ? [
              { name: 'new_flow', group: 'flow', label: words.flows.newFlow, icon: icons.plus, keys: ['N'], run: naming.open },
              { name: 'import_flow', group: 'flow', label: words.flows.importJson, icon: icons.upload, run: chooseFile },
            ]
          : [],
      [mayWrite, naming.open, chooseFile],
    ),
  )
  useTitle(words.flows.title)
  if (!flows.data) return flows.isError ? <p role="alert">{flows.error.message}</p> : null
  return (
    <ImportFlow importing={importing} mayWrite={mayWrite}>
      {flows.data.length === 0 ? (
        <EmptyFlows mayWrite={mayWrite} onNew={naming.open} onImport={chooseFile} />
      ) : (
        <Filled flows={flows.data} mayWrite={mayWrite} onNew={naming.open} onImport={chooseFile} />
      )}
      <NewFlowDialog isOpen={isNaming} onClose={naming.close} />
    </ImportFlow>
  )
}

interface FilledProps {
  readonly flows: readonly FlowSummary[]
  readonly mayWrite: boolean
  readonly onNew: () => void
  readonly onImport: () => void
}

function Filled({ flows, mayWrite, onNew, onImport }: FilledProps) {
  const [wanted, setWanted] = useState('')
  const [tags, setTags] = useState<readonly string[]>([])
  const [shown, setShown] = useState<'in_use' | 'archived'>('in_use')
  const hasArchived = flows.some(flow => flow.archived)
  const ofShelf = flows.filter(flow => flow.archived === (hasArchived && shown === 'archived'))
  const found = ofShelf.filter(flow => matches(flow, wanted) && tags.every(tag => flow.tags.includes(tag))).sort(byLastChange)
  return (
    <>
      <header className={classes.header}>
        <h1>{words.flows.title}</h1>
        <span className={classes.count} role="status">
          {words.flows.count(found.length)}
        </span>
        <TextInput
          className={classes.search}
          type="search"
          leftSection={<Icon path={icons.search} />}
          placeholder={words.flows.search}
          aria-label={words.flows.searchLabel}
          value={wanted}
          onChange={event => setWanted(event.currentTarget.value)}
        />
        {mayWrite && (
          <>
            <Button onClick={onImport}>{words.flows.import}</Button>
            <Button variant="filled" leftSection={<Icon path={icons.plus} />} onClick={onNew}>
              {words.flows.newFlow}
            </Button>
          </>
        )}
      </header>
      <div className={classes.filters}>
        <TagFilter known={tagsOf(ofShelf)} chosen={tags} onChange={setTags} />
        {hasArchived && (
          <SegmentedControl
            aria-label={words.flows.shown}
            value={shown}
            onChange={setShown}
            data={[
              { value: 'in_use', label: words.flows.inUse },
              { value: 'archived', label: words.flows.archived },
            ]}
          />
        )}
      </div>
      {found.length > 0 ? (
        <FlowTable flows={found} mayWrite={mayWrite} />
      ) : (
        <p className={classes.nothing}>
          {words.flows.nothingFound(wanted.trim())}
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => {
              setWanted('')
              setTags([])
              setShown('in_use')
            }}
          >
            {words.flows.clearSearch}
          </Button>
        </p>
      )}
      {mayWrite && shown === 'in_use' && (
        <section className={classes.templates} aria-labelledby="templates">
          <h2 id="templates">{words.flows.templates}</h2>
          <Templates />
        </section>
      )}
    </>
  )
}

/** Every word that somebody types has to occur somewhere in name, id, note or tags. */
function matches(flow: FlowSummary, wanted: string): boolean {
  const text = [flow.name, flow.id, flow.note, ...flow.tags].join(' ').toLowerCase()
  return wanted
    .toLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word))
}

function byLastChange(a: FlowSummary, b: FlowSummary): number {
  return b.draft.updated_at - a.draft.updated_at || a.name.localeCompare(b.name)
}

function tagsOf(flows: readonly FlowSummary[]): readonly string[] {
  return [...new Set(flows.flatMap(flow => flow.tags))].sort((a, b) => a.localeCompare(b))
}
