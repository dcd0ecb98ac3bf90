/** Reads a file of flow tests as strictly as a flow file. */
import { FLOW_TEST_SCHEMA, type FlowTestFile, type FlowTestParsing } from './flow-test.ts'
import { explainRefusal, readData } from './parse.ts'
import { MOST_BYTES } from './schema.ts'
import { validateFlowTest } from './validate.gen.js'

/** Reads tests from the text of a file, or from a value that was parsed elsewhere. */
export function parseFlowTest(source: unknown): FlowTestParsing {
  const reading = readData(source, MOST_BYTES)
  if (!reading.ok) return reading
  // The validator checks the shape, which is what the cast relies on.
  if (validateFlowTest(reading.value)) return { ok: true, file: reading.value as FlowTestFile }
  return { ok: false, problems: explainRefusal(FLOW_TEST_SCHEMA, reading.value) }
}
