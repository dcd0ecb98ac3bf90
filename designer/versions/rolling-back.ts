/** Going back to an older version, and what is said when the server refuses. */
import { useState } from 'react'
import type { MoveChoices, WaitingBlock } from '../../server/api/contract.ts'
import { flowsApi, Refusal } from '../api.ts'
import { toast, toastRefusal } from '../ui/toast.ts'
import { versions as words } from '../words/versions.ts'
import { sayDecision } from './moves.ts'
import { useRollBackAsked } from './roll-back-asked.ts'
import { useRefreshVersions } from './use-versions.ts'

/** Goes back in one click while nobody waits on a later version, else after a look at them; the way forward again is in the history. */
export function useRollBack(id: string): {
  rollBack(version: number): Promise<void>
  /** Goes back at once, with what was decided about whoever waits. */
  rollBackWith(version: number, waiting: readonly WaitingBlock[], decision: MoveChoices): Promise<void>
  readonly isRollingBack: boolean
} {
  const [isRollingBack, setRollingBack] = useState(false)
  const refresh = useRefreshVersions(id)
  const ask = useRollBackAsked(state => state.ask)
  const busy = async (work: () => Promise<void>) => {
    setRollingBack(true)
    try {
      await work()
    } catch (error) {
      showFailure(error)
    } finally {
      setRollingBack(false)
    }
  }
  const go = async (version: number, waiting: readonly WaitingBlock[], decision: MoveChoices) => {
    const made = await flowsApi.rollBack(id, version, decision)
    await refresh()
    toast([words.rolledBack(made.version, version), sayDecision(waiting, decision, made.version)].filter(Boolean).join(' '))
  }
  return {
    rollBack: version =>
      busy(async () => {
        const { waiting } = await flowsApi.preview(id, version)
        if (waiting.length > 0) ask(version)
        else await go(version, [], {})
      }),
    rollBackWith: (version, waiting, decision) => busy(() => go(version, waiting, decision)),
    isRollingBack,
  }
}

/** A refusal in the server's own words; it stays until it is closed. */
export function showFailure(error: unknown): void {
  if (!(error instanceof Refusal)) throw error
  toastRefusal(error)
}
