/** Loads flows and flow tests from files and plays them through the real engine. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ABILITIES } from '../../server/channels/abilities.ts'
import type { Abilities } from '../../server/engine/abilities.ts'
import { type CompiledFlow, mustCompile } from '../../server/engine/file/compile.ts'
import type { FlowTestFile } from '../../server/engine/file/flow-test.ts'
import { parseFlow } from '../../server/engine/file/parse.ts'
import { parseFlowTest } from '../../server/engine/file/parse-flow-test.ts'
import type { FlowTestWorld } from '../../server/engine/index.ts'

/** Every `<name>.test.json` of a folder with its flow `<name>.json`. */
export function loadConversations(folder: string): { name: string; file: FlowTestFile; world: FlowTestWorld }[] {
  const names = readdirSync(folder)
    .filter(file => file.endsWith('.test.json'))
    .map(file => file.slice(0, -'.test.json'.length))
    .sort()
  const flows = new Map<string, CompiledFlow>()
  for (const file of readdirSync(folder)) {
    if (!file.endsWith('.json') || file.endsWith('.test.json')) continue
    const flow = loadFlow(join(folder, file))
    flows.set(flow.id, flow)
  }
  return names.map(name => {
    const file = loadTests(join(folder, `${name}.test.json`))
    const flow = flows.get(file.flow)
    if (!flow) throw new Error(`${name}.test.json is for flow "${file.flow}", which is not in ${folder}`)
    return { name, file, world: { flow, flowOf: id => flows.get(id), abilitiesOf } }
  })
}

/** A flow file, parsed and compiled as version 1. */
export function loadFlow(path: string): CompiledFlow {
  const parsed = parseFlow(readFileSync(path, 'utf8'))
  if (!parsed.ok) throw new Error(`${path}: ${parsed.problems.map(problem => `${problem.at} ${problem.message}`).join('; ')}`)
  return mustCompile(parsed.flow, { version: 1, hash: 'test' })
}

function loadTests(path: string): FlowTestFile {
  const parsed = parseFlowTest(readFileSync(path, 'utf8'))
  if (!parsed.ok) throw new Error(`${path}: ${parsed.problems.map(problem => `${problem.at} ${problem.message}`).join('; ')}`)
  return parsed.file
}

/** A channel's table, whatever text asks for it. */
export function abilitiesOf(channel: string): Abilities | undefined {
  return Object.entries(ABILITIES).find(([name]) => name === channel)?.[1]
}
