/** The saved tests of the open flow: read, played on every change of the draft, and saved. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import {
  type CompiledFlow,
  type FlowTest,
  type FlowTestFile,
  type FlowTestReport,
  type FlowTestResult,
  parseFlowTest,
  playFlowTests,
} from '../../server/engine/index.ts'
import { flowsApi, Refusal } from '../api.ts'
import { useDraft } from '../draft/index.ts'
import { simulator as words } from '../words/simulator.ts'
import { rewriteTest } from './rewrite-test.ts'
import { abilitiesOf } from './use-simulation.ts'
import { putTest, removeTest } from './write-test.ts'

/** Saved tests with how they went on the draft as it is. */
export interface SavedTests {
  readonly tests: readonly FlowTest[]
  readonly count: number
  /** By name; empty until they were played. */
  readonly results: ReadonlyMap<string, FlowTestResult>
  readonly failed: number
  readonly report: FlowTestReport | undefined
  /** Why the last change was not saved; '' otherwise. */
  readonly refusal: string
  readonly mayChange: boolean
  put(test: FlowTest): Promise<boolean>
  /** A failing test with what the flow does now as what it should do; undefined when its steps cannot be done any more. */
  rewrite(test: FlowTest): FlowTest | undefined
  remove(name: string): Promise<boolean>
}

interface Kept {
  readonly file: FlowTestFile
  readonly etag: string
}

/** After the last change of the flow, ms: tests are played when the hands rest. */
const PLAY_AFTER_MS = 400

/** The tests of the draft on the page. */
export function useTests(flow: CompiledFlow | undefined): SavedTests {
  const id = useDraft(draft => draft.id)
  const mayChange = useDraft(draft => !draft.readOnly)
  const client = useQueryClient()
  const key = ['flow_tests', id]
  const { data } = useQuery({ queryKey: key, queryFn: ({ signal }) => readTests(id, signal) })
  const [refusal, setRefusal] = useState('')
  const report = useReport(data?.file, flow)

  const change = async (make: (file: FlowTestFile) => FlowTestFile): Promise<boolean> => {
    // Not what this render saw: an undo comes after other changes.
    const kept = client.getQueryData<Kept>(key)
    if (!kept) return false
    const file = make(kept.file)
    try {
      const { etag } = await flowsApi.saveTests(id, file, kept.etag)
      client.setQueryData<Kept>(key, { file, etag })
      setRefusal('')
      return true
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      setRefusal(error.code === 'flow.stale_tests' ? words.staleTests : error.message)
      if (error.code === 'flow.stale_tests') await client.invalidateQueries({ queryKey: key })
      return false
    }
  }
  const rewrite = useCallback((test: FlowTest) => flow && rewriteTest(test, { flow, flowOf: () => undefined, abilitiesOf }), [flow])
  const results = new Map((report?.tests ?? []).map(result => [result.name, result]))
  return {
    tests: data?.file.tests ?? [],
    count: data?.file.tests.length ?? 0,
    results,
    failed: (report?.tests ?? []).filter(result => result.failure).length,
    report,
    refusal,
    mayChange,
    rewrite,
    put: test => change(file => putTest(file, test)),
    remove: name => change(file => removeTest(file, name)),
  }
}

async function readTests(id: string, signal: AbortSignal): Promise<Kept> {
  const { file, etag } = await flowsApi.tests(id, signal)
  const parsing = parseFlowTest(file)
  if (parsing.ok) return { file: parsing.file, etag }
  throw new Refusal({ status: 422, code: 'flow.tests_not_well_formed', message: parsing.problems[0]?.message ?? '' })
}

function useReport(file: FlowTestFile | undefined, flow: CompiledFlow | undefined): FlowTestReport | undefined {
  const [report, setReport] = useState<FlowTestReport>()
  useEffect(() => {
    if (!file || !flow) return
    let idle: number | undefined
    const play = () => setReport(playFlowTests(file, { flow, flowOf: () => undefined, abilitiesOf }))
    const timer = window.setTimeout(() => {
      // Many tests take a moment: not while somebody drags. Safari has no idle callback.
      if ('requestIdleCallback' in window) idle = window.requestIdleCallback(play, { timeout: 2000 })
      else play()
    }, PLAY_AFTER_MS)
    return () => {
      window.clearTimeout(timer)
      if (idle !== undefined) window.cancelIdleCallback(idle)
    }
  }, [file, flow])
  return report
}
