/** The block that the simulator runs is brought into the window when it is outside. */
import { useEffect } from 'react'
import { useRun } from '../simulator/run.ts'
import type { CanvasTools } from './tools.ts'

/** Follows the run while the canvas is in the page. */
export function useRunningBlock(tools: CanvasTools): void {
  const running = useRun(run => run.running?.block)
  useEffect(() => {
    if (running !== undefined) tools.reveal(running)
  }, [running, tools])
}
