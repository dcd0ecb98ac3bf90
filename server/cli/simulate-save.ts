/** Saves a run of the simulator as a flow test. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import { type FlowTest, parseFlowTest, printFlowTests } from '../engine/index.ts'
import { findSpans } from './positions.ts'

/** Adds the test to the file, or makes the file. Answers a sentence when it cannot; what others wrote in the file keeps its bytes. */
export function saveTest(path: string, flow: string, schema: string | undefined, test: FlowTest): string | undefined {
  const text = existsSync(path)
    ? addTo(readFileSync(path, 'utf8'), flow, test)
    : printFlowTests({ ...(schema === undefined ? {} : { $schema: schema }), flow, tests: [test] })
  if (typeof text !== 'string') return text.refusal
  const parsing = parseFlowTest(text)
  if (!parsing.ok) return `This run cannot be written as a flow test. ${parsing.problems[0]?.message ?? ''}`
  try {
    writeFileSync(path, text)
    return undefined
  } catch {
    return 'The file cannot be written.'
  }
}

/** The schema of flow tests lies beside that of flows: this is how a test file names it when the flow file does. */
export function schemaBeside(flowPath: string, flowSchema: string | undefined, testPath: string): string | undefined {
  if (flowSchema === undefined || !flowSchema.endsWith('flow.schema.json')) return undefined
  const named = flowSchema.replace(/flow\.schema\.json$/, 'flow-test.schema.json')
  if (!named.startsWith('.')) return named
  return relative(dirname(testPath), resolve(dirname(flowPath), named))
    .split(sep)
    .join('/')
}

function addTo(text: string, flow: string, test: FlowTest): string | { readonly refusal: string } {
  const parsing = parseFlowTest(text)
  if (!parsing.ok) return { refusal: 'The file is there and holds no well-formed flow tests.' }
  if (parsing.file.flow !== flow) return { refusal: `The file tests the flow “${parsing.file.flow}”.` }
  const spans = findSpans(text)
  const last = spans.get(`/tests/${parsing.file.tests.length - 1}`)
  if (last) return `${text.slice(0, last.end)},\n    ${printTest(flow, test)}${text.slice(last.end)}`
  const list = spans.get('/tests')
  return list ? `${text.slice(0, list.start)}"tests": [\n    ${printTest(flow, test)}\n  ]${text.slice(list.end)}` : { refusal: 'The file has no tests.' }
}

/** The test as it stands in a printed file. */
function printTest(flow: string, test: FlowTest): string {
  const printed = printFlowTests({ flow, tests: [test] })
  const span = findSpans(printed).get('/tests/0')
  return printed.slice(span?.start, span?.end)
}
