/** What others may use of the simulator, by name. */
export { type Coverage, type LitExit, type Run, type RunningBlock, readRun, useRun } from './run.ts'
export { Simulator } from './Simulator.tsx'
export type { ValueRow } from './values.ts'
