/** The list that is gone through before publishing, a note, and one button. */
import { Button, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import type { Abilities } from '../../server/engine/index.ts'
import { compileFlow, diffFlows, type FlowTestReport, parseFlowTest, playFlowTests, printFlow } from '../../server/engine/index.ts'
import { flowsApi, readChannels } from '../api.ts'
import { useDraft, useDraftStore } from '../draft/index.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { versions as words } from '../words/versions.ts'
import { type Check, checkBeforePublishing, mayPublish } from './checks.ts'
import classes from './PublishDialog.module.css'
import { showFailure, useRollBack } from './rolling-back.ts'
import { showToast } from './toast.tsx'
import { useHistory, useRefreshVersions, useShownFlow } from './use-versions.ts'

/** Saves what is on the screen, checks it, and publishes it. */
export function PublishForm({ close }: { readonly close: () => void }) {
  const store = useDraftStore()
  const id = useDraft(draft => draft.id)
  const history = useHistory(id)
  const checks = useChecks(id)
  const [note, setNote] = useState('')
  const [isBusy, setBusy] = useState(false)
  const refresh = useRefreshVersions(id)
  const { rollBack } = useRollBack(id)
  const live = history?.find(version => version.live)?.version
  // What is on the screen is what goes out: a draft that waits for its turn is saved now.
  useEffect(() => void store.getState().saveNow(), [store])
  const publish = async () => {
    setBusy(true)
    try {
      const made = await flowsApi.publish(id, note.trim())
      await refresh()
      close()
      const canGoBack = live !== undefined && live !== made.version
      showToast(words.published(made.version), canGoBack ? { label: words.rollBack(live), run: () => void rollBack(live) } : undefined)
    } catch (error) {
      showFailure(error)
    } finally {
      setBusy(false)
    }
  }
  const isAllowed = mayPublish(checks)
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
          <CheckLine key={check.name} check={check} />
        ))}
      </ul>
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

const MARKS = { good: icons.check, careful: icons.warning, stops: icons.close, wait: icons.more } as const

function CheckLine({ check }: { readonly check: Check }) {
  return (
    <li className={classes.check} data-state={check.state}>
      <span className={classes.mark} role="img" aria-label={words.states[check.state]}>
        <Icon path={MARKS[check.state]} size={14} />
      </span>
      <span>
        {check.text}
        {check.details.map(detail => (
          <span key={detail} className={classes.detail}>
            {detail}
          </span>
        ))}
      </span>
    </li>
  )
}

function useChecks(id: string): readonly Check[] {
  const flow = useDraft(draft => draft.flow)
  const saveState = useDraft(draft => draft.saveState)
  const problems = useDraft(draft => draft.problems)
  const history = useHistory(id)
  const liveVersion = history?.find(version => version.live)?.version
  const liveFlow = useShownFlow(id, liveVersion)
  const running = useQuery({ queryKey: ['running', id], queryFn: ({ signal }) => flowsApi.running(id, signal), staleTime: 0 })
  const tests = useReport(id)
  return useMemo(
    () =>
      checkBeforePublishing({
        flow,
        saveState,
        problems,
        report: tests.report,
        testCount: tests.count,
        live: liveFlow
          ? { version: liveVersion ?? 0, diff: diffFlows(liveFlow, flow), isSameFile: printFlow(liveFlow) === printFlow(flow), flow: liveFlow }
          : history && liveVersion === undefined
            ? 'never'
            : undefined,
        running: running.data?.items,
      }),
    [flow, saveState, problems, tests, liveFlow, liveVersion, history, running.data],
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
