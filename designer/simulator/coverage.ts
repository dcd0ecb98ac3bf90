/** Which blocks and exits saved tests pass, for the canvas. */
import type { CompiledFlow, FlowTestReport } from '../../server/engine/index.ts'
import type { Coverage } from './run.ts'

/** The coverage of a report. */
export function coverageOf(report: FlowTestReport, flow: CompiledFlow): Coverage {
  const missedBlocks = new Set(report.coverage.blocks.missed)
  const missedExits = new Set(report.coverage.exits.missed)
  const exits = [...flow.blocks.values()].flatMap(block => {
    const names = new Set(block.exitList.map(exit => exit.name))
    if (block.exits.error !== undefined) names.add('error')
    return [...names].map(name => `${block.id}.${name}`)
  })
  return {
    missedBlocks,
    missedExits,
    coveredBlocks: new Set([...flow.blocks.keys()].filter(id => !missedBlocks.has(id))),
    coveredExits: new Set(exits.filter(exit => !missedExits.has(exit))),
  }
}
