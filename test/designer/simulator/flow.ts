/** The sample flow that most tests of the simulator play. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { ABILITIES } from '../../../server/channels/abilities.ts'
import { type Flow, type FlowTestFile, parseFlow, parseFlowTest } from '../../../server/engine/index.ts'

const folder = resolve(import.meta.dirname, '../../../flows')

/** A sample flow by its id. */
export function sampleFlow(id: string): Flow {
  const parsing = parseFlow(readFileSync(`${folder}/${id}.json`, 'utf8'))
  if (!parsing.ok) throw new Error(parsing.problems[0]?.message)
  return parsing.flow
}

/** The tests beside a sample flow. */
export function sampleTests(id: string): FlowTestFile {
  const parsing = parseFlowTest(readFileSync(`${folder}/${id}.test.json`, 'utf8'))
  if (!parsing.ok) throw new Error(parsing.problems[0]?.message)
  return parsing.file
}

/** The channels' tables. */
export const world = { abilitiesOf: (channel: string) => Object.values(ABILITIES).find(abilities => abilities.channel === channel) }
