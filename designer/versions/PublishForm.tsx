/** The list that is gone through before publishing, a note, and one button. */
import { Button, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { WaitingBlock } from '../../server/api/contract.ts'
import type { Abilities } from '../../server/engine/index.ts'
import { compileFlow, type FlowTestReport, parseFlowTest, playFlowTests } from '../../server/engine/index.ts'
import { flowsApi, readChannels } from '../api.ts'
import { Tokens } from '../blocks/index.ts'
import { useDraft, useDraftStore } from '../draft/index.ts'
import { usePanels } from '../editor/panels.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { toast } from '../ui/toast.ts'
import { versions as words } from '../words/versions.ts'
import { type Check, checkBeforePublishing, mayPublish } from './checks.ts'
import { sayDecision } from './moves.ts'
import classes from './PublishDialog.module.css'
import { showFailure, useRollBack } from './rolling-back.ts'
import { type Live, useLive } from './use-live.ts'
import { useMoves } from './use-moves.ts'
import { useHistory, useRefreshVersions } from './use-versions.ts'
import { WaitingRows } from './WaitingRows.tsx'

/** Saves what is on the screen, checks it, and publishes it. */
export function PublishForm({ close }: { readonly close: () => void }) {
  const store = useDraftStore()
  const id = useDraft(draft => draft.id)
  const history = useHistory(id)
  const isSaved = useDraft(draft => draft.saveState === 'saved')
  const moves = useMoves(id, { isReady: isSaved })
  const live = useLive(id)
  const checks = useChecks(id, live, moves.waiting)
  const [, navigate] = useLocation()
  const [note, setNote] = useState('')
  const [isBusy, setBusy] = useState(false)
  const refresh = useRefreshVersions(id)
  const { rollBack } = useRollBack(id)
  // What is on the screen is what goes out: a draft that waits for its turn is saved now.
  useEffect(() => void store.getState().saveNow(), [store])
  const publish = async () => {
    setBusy(true)
    try {
      const made = await flowsApi.publish(id, note.trim(), moves.decision)
      await refresh()
      close()
      const before = live === undefined || live === 'never' ? undefined : live.version
      const said = [words.published(made.version), sayDecision(moves.waiting ?? [], moves.decision, made.version)].filter(Boolean).join(' ')
      toast(said, before === undefined ? undefined : { label: words.rollBack(before), run: () => void rollBack(before) })
    } catch (error) {
      showFailure(error)
    } finally {
      setBusy(false)
    }
  }
  // While it is being published the draft becomes what is live; the form stays until it closes.
  if (live !== undefined && live !== 'never' && live.isSameFile && !isBusy) return <NothingNew version={live.version} close={close} />
  const isAllowed = mayPublish(checks)
  const showTests = () => {
    close()
    usePanels.getState().showTests()
    navigate(`/flows/${id}`)
  }
  return (
    <form
      className={classes.form}
      onSubmit={event => {
        event.preventDefault()
        if (isAllowed && !isBusy) void publish()
      }}
    >
      <ul className={classes.checks}>
        {checks.map(check => (
          <CheckLine
            key={check.name}
            check={check}
            {...(check.name === 'tests' && check.details.length > 0 ? { link: words.check.showTests, follow: showTests } : {})}
          />
        ))}
      </ul>
      <WaitingRows moves={moves} />
      <Textarea
        data-autofocus
        label={words.note}
        placeholder={words.noteExample}
        description={words.noteHint}
        inputWrapperOrder={['label', 'input', 'description']}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={2000}
        value={note}
        onChange={event => setNote(event.currentTarget.value)}
        onKeyDown={event => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && isAllowed && !isBusy) void publish()
        }}
      />
      <div className={classes.buttons}>
        <Button onClick={close}>{words.cancel}</Button>
        <Button type="submit" variant="filled" disabled={!isAllowed} loading={isBusy}>
          {words.publishAs((history?.[0]?.version ?? 0) + 1)}
        </Button>
      </div>
    </form>
  )
}

function NothingNew({ version, close }: { readonly version: number; readonly close: () => void }) {
  const button = useRef<HTMLButtonElement>(null)
  // It may take the place of the form, and what had the focus there.
  useEffect(() => button.current?.focus(), [])
  return (
    <div className={classes.form}>
      <p className={classes.lead}>{words.nothingNew(version)}</p>
      <div className={classes.buttons}>
        <Button ref={button} data-autofocus onClick={close}>
          {words.close}
        </Button>
      </div>
    </div>
  )
}

const MARKS = { good: icons.check, careful: icons.warning, stops: icons.close, wait: icons.more } as const

interface CheckLineProps {
  readonly check: Check
  /** Where more is to be seen. */
  readonly link?: string
  readonly follow?: () => void
}

function CheckLine({ check, link, follow }: CheckLineProps) {
  return (
    <li className={classes.check} data-state={check.state}>
      <span className={classes.mark} role="img" aria-label={words.states[check.state]}>
        <Icon path={MARKS[check.state]} size={14} />
      </span>
      <span>
        {check.text}
        {check.details.map(detail => (
          <span key={detail} className={classes.detail}>
            <Tokens text={detail} />
          </span>
        ))}
        {link !== undefined && (
          <button type="button" className={classes.link} onClick={follow}>
            {link}
          </button>
        )}
      </span>
    </li>
  )
}

function useChecks(id: string, live: Live | 'never' | undefined, waiting: readonly WaitingBlock[] | undefined): readonly Check[] {
  const flow = useDraft(draft => draft.flow)
  const saveState = useDraft(draft => draft.saveState)
  const problems = useDraft(draft => draft.problems)
  const isUnlinted = useDraft(draft => draft.isUnlinted)
  const tests = useReport(id)
  return useMemo(
    () =>
      checkBeforePublishing({
        flow,
        saveState,
        problems,
        isUnlinted,
        report: tests.report,
        testCount: tests.count,
        live,
        waiting,
      }),
    [flow, saveState, problems, isUnlinted, tests, live, waiting],
  )
}

/** The saved tests on the draft as it would be published. */
function useReport(id: string): { readonly report: FlowTestReport | undefined; readonly count: number | undefined } {
  const flow = useDraft(draft => draft.flow)
  const { data } = useQuery({ queryKey: ['publish_tests', id], queryFn: ({ signal }) => flowsApi.tests(id, signal), staleTime: 0 })
  const channels = useQuery({ queryKey: ['channels'], queryFn: ({ signal }) => readChannels(signal), staleTime: Number.POSITIVE_INFINITY })
  return useMemo(() => {
    const parsing = data ? parseFlowTest(data.file) : undefined
    if (!parsing?.ok || !channels.data) return { report: undefined, count: undefined }
    const compilation = compileFlow(flow, { version: 0, hash: 'draft' })
    if (!compilation.ok) return { report: undefined, count: parsing.file.tests.length }
    // The table of `channels/<name>/abilities.ts` as it is; the contract keeps its shape open.
    const known = new Map(channels.data.map(({ channel, abilities }) => [channel, abilities as Abilities]))
    const world = { flow: compilation.flow, flowOf: () => undefined, abilitiesOf: (channel: string) => known.get(channel) }
    return { report: playFlowTests(parsing.file, world), count: parsing.file.tests.length }
  }, [data, channels.data, flow])
}
