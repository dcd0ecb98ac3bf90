/** The saved tests: how they go on the draft, what they cover, and each of them in the chat again. */
import { ActionIcon, Button, Switch, Tooltip } from '@mantine/core'
import { useEffect, useMemo, useState } from 'react'
import type { CompiledFlow, FlowTest } from '../../server/engine/index.ts'
import { nameOf } from '../commands/index.ts'
import { useDraft } from '../draft/index.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { toast } from '../ui/toast.ts'
import { simulator as words } from '../words/simulator.ts'
import { coverageOf } from './coverage.ts'
import { simulatorIcons } from './icons.ts'
import { showRun } from './run.ts'
import { type Setting, settingOfTest } from './setting.ts'
import classes from './Tests.module.css'
import type { SavedTests } from './use-tests.ts'
import { countActions, isAction } from './write-test.ts'

interface TestsProps {
  readonly tests: SavedTests
  readonly flow: CompiledFlow | undefined
  /** Plays a test in the chat. */
  play(setting: Setting, test: FlowTest): void
}

/** Played anew whenever the flow changes. Coverage is on the canvas as long as this is open and wanted. */
export function Tests({ tests, flow, play }: TestsProps) {
  const { report, count, failed } = tests
  const [isShown, setShown] = useState(true)
  useEffect(() => {
    showRun({ coverage: report && flow && isShown && count > 0 ? coverageOf(report, flow) : undefined })
    return () => showRun({ coverage: undefined })
  }, [report, flow, isShown, count])
  return (
    <section className={classes.tests} aria-label={words.testsOpen}>
      <p role="status" className={classes.verdict} data-failed={failed > 0 || undefined}>
        {count === 0 ? words.noTests : report ? (failed > 0 ? words.someFailed(failed, count) : words.allPassed(count)) : ''}
      </p>
      {tests.refusal !== '' && <p className={classes.refusal}>{tests.refusal}</p>}
      <ul className={classes.list}>
        {tests.tests.map(test => (
          <TestRow key={test.name} test={test} tests={tests} play={play} />
        ))}
      </ul>
      {report && count > 0 && (
        <div className={classes.coverage}>
          <h3>{words.coverage}</h3>
          <p>
            {words.coverageOf(report.coverage.blocks.covered, report.coverage.blocks.all, 'blocks')},{' '}
            {words.coverageOf(report.coverage.exits.covered, report.coverage.exits.all, 'exits')}
          </p>
          <Switch size="xs" label={words.showCoverage} checked={isShown} onChange={event => setShown(event.currentTarget.checked)} />
          <Missed missed={[...report.coverage.blocks.missed, ...report.coverage.exits.missed]} flow={flow} />
        </div>
      )}
    </section>
  )
}

function TestRow({ test, tests, play }: { readonly test: FlowTest; readonly tests: SavedTests; readonly play: TestsProps['play'] }) {
  const result = tests.results.get(test.name)
  const remove = async () => {
    if (await tests.remove(test.name)) toast(words.deletedTest(test.name), { label: words.undo, run: () => void tests.put(test) })
  }
  const { rewrite, mayChange } = tests
  const failure = result?.failure
  const rewritten = useMemo(() => (failure && mayChange ? rewrite(test) : undefined), [failure, test, rewrite, mayChange])
  const accept = async () => {
    if (rewritten && (await tests.put(rewritten))) toast(words.acceptedTest(test.name), { label: words.undo, run: () => void tests.put(test) })
  }
  return (
    <li className={classes.test} data-failed={result?.failure !== undefined || undefined}>
      <span className={classes.mark} role="img" aria-label={result ? (result.failure ? words.failed : words.passed) : ''}>
        {result && <Icon path={result.failure ? icons.close : icons.check} size={14} />}
      </span>
      <span className={classes.name}>
        <bdi>{test.name}</bdi>
        {result?.failure && (
          <span className={classes.failure}>
            {sayStep(test, result.failure.step)}: {result.failure.message}
          </span>
        )}
        {rewritten && (
          <Button size="compact-sm" className={classes.accept} aria-description={words.acceptHint} onClick={() => void accept()}>
            {words.accept}
          </Button>
        )}
      </span>
      <Tooltip label={words.playTest(test.name)}>
        <ActionIcon size={26} aria-label={words.playTest(test.name)} onClick={() => play(settingOfTest(test), test)}>
          <Icon path={icons.play} />
        </ActionIcon>
      </Tooltip>
      {tests.mayChange && (
        <ActionIcon size={26} aria-label={words.deleteTest(test.name)} onClick={() => void remove()}>
          <Icon path={simulatorIcons.trash} />
        </ActionIcon>
      )}
    </li>
  )
}

/** Counted as the form that saves a test counts: by what happens. */
function sayStep({ steps }: FlowTest, index: number): string {
  const count = countActions(steps.slice(0, index + 1))
  const failed = steps[index]
  return failed && isAction(failed) ? words.step(count) : words.afterStep(count)
}

function Missed({ missed, flow }: { readonly missed: readonly string[]; readonly flow: CompiledFlow | undefined }) {
  const choose = useDraft(draft => draft.choose)
  if (missed.length === 0) return null
  return (
    <>
      <h3>{words.missed}</h3>
      <ul className={classes.missed}>
        {missed.map(mark => {
          const [id = '', exit] = mark.split('.')
          return (
            <li key={mark}>
              <button type="button" onClick={() => choose({ blocks: [id] })}>
                <b>{flow ? nameOf(flow.flow, id) : id}</b>
                {exit === undefined ? '' : ` ${exit.replaceAll('_', ' ')}`}
              </button>
            </li>
          )
        })}
      </ul>
    </>
  )
}
