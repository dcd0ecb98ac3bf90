/** Below the changes: who still runs on older versions, the way back, files, and publishing. */
import { Button, Menu } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { VersionSummary } from '../../server/api/contract.ts'
import type { Flow } from '../../server/engine/index.ts'
import { flowsApi } from '../api.ts'
import { useDraft, useDraftStore } from '../draft/index.ts'
import { useMay } from '../shell/me.ts'
import { runAction } from '../shell/palette.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { toast } from '../ui/toast.ts'
import { versions as words } from '../words/versions.ts'
import classes from './Foot.module.css'
import { ImportDialog } from './ImportDialog.tsx'
import { showFailure, useRollBack } from './rolling-back.ts'
import { saveFlowFile, saveTestsFile } from './save-file.ts'
import { useLive } from './use-live.ts'
import type { Shown } from './use-versions.ts'

interface FootProps {
  readonly history: readonly VersionSummary[]
  readonly shown: Shown
  /** The flow of what is shown. */
  readonly flow: Flow | undefined
}

/** One filled button: publishing the draft, or going back to the version that is shown. */
export function Foot({ history, shown, flow }: FootProps) {
  const id = useDraft(draft => draft.id)
  const readOnly = useDraft(draft => draft.readOnly)
  const mayPublish = useMay('flows:publish')
  const [isImporting, setImporting] = useState(false)
  const { rollBack, isRollingBack } = useRollBack(id)
  const store = useDraftStore()
  const live = history.find(version => version.live)
  // What is live already, under another number too, is nothing to go back to.
  const isLive = live !== undefined && live.hash === history.find(({ version }) => version === shown)?.hash
  const compared = useLive(id)
  const takeIntoDraft = () => {
    if (!flow || typeof shown !== 'number') return
    store.getState().edit(() => flow)
    toast(words.tookIntoDraft(shown), { label: words.undo, run: () => store.getState().undo() })
  }
  return (
    <footer className={classes.foot}>
      <Running id={id} live={live?.version} />
      <Progress id={id} />
      <div className={classes.buttons}>
        <Menu position="top-start">
          <Menu.Target>
            <Button leftSection={<Icon path={icons.download} />} disabled={!flow}>
              {words.exportJson}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => flow && saveFlowFile(flow, shown)}>{words.exportFlow}</Menu.Item>
            <Menu.Item onClick={() => void saveTestsFile(id).catch(showFailure)}>{words.exportTests}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
        {!readOnly && (
          <Button leftSection={<Icon path={icons.upload} />} onClick={() => setImporting(true)}>
            {words.import}
          </Button>
        )}
      </div>
      {typeof shown === 'number' && !readOnly && <Button onClick={takeIntoDraft}>{words.takeIntoDraft}</Button>}
      {typeof shown === 'number' && mayPublish && live !== undefined && !isLive && (
        <Button variant="filled" loading={isRollingBack} onClick={() => void rollBack(shown)}>
          {words.rollBack(shown)}
        </Button>
      )}
      {shown === 'draft' && compared !== undefined && compared !== 'never' && compared.isSameFile && (
        <p className={classes.same}>{words.nothingNew(compared.version)}</p>
      )}
      {shown === 'draft' && mayPublish && compared !== undefined && (compared === 'never' || !compared.isSameFile) && (
        <Button variant="filled" onClick={() => runAction('publish')}>
          {words.publishAs((history[0]?.version ?? 0) + 1)}
        </Button>
      )}
      <ImportDialog isOpen={isImporting} close={() => setImporting(false)} />
    </footer>
  )
}

/** Shown while a decision about running conversations is carried out. */
function Progress({ id }: { readonly id: string }) {
  const { data: move } = useQuery({
    queryKey: ['moves', id],
    queryFn: ({ signal }) => flowsApi.lastMove(id, signal),
    refetchInterval: ({ state }) => (state.data && state.data.finished_at === null ? 1000 : false),
  })
  const isRunning = move?.finished_at === null
  return (
    <div className={classes.running} role="status" hidden={!isRunning}>
      {isRunning ? words.moves.progress(move.moved + move.restarted + move.stayed, move.total, move.version) : ''}
    </div>
  )
}

function Running({ id, live }: { readonly id: string; readonly live: number | undefined }) {
  const { data } = useQuery({ queryKey: ['running', id], queryFn: ({ signal }) => flowsApi.running(id, signal) })
  const byVersion = new Map<number, number>()
  for (const { version, count } of data?.items ?? []) if (version !== null) byVersion.set(version, (byVersion.get(version) ?? 0) + count)
  const lines = [...byVersion].sort(([one], [other]) => other - one)
  if (live === undefined || lines.length === 0) return null
  return (
    <div className={classes.running}>
      <Icon path={icons.conversations} />
      <span>
        {lines.slice(0, 3).map(([version, count]) => (
          <span key={version}>{words.runningNote(count, version)} </span>
        ))}
      </span>
    </div>
  )
}
