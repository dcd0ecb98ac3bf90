/** Going back to an older version, and what is said when the server refuses. */
import { useState } from 'react'
import type { MoveChoices, WaitingBlock } from '../../server/api/contract.ts'
import { flowsApi, Refusal } from '../api.ts'
import { toast, toastRefusal } from '../ui/toast.ts'
import { versions as words } from '../words/versions.ts'
import { sayDecision } from './moves.ts'
import { useRollBackAsked } from './roll-back-asked.ts'
import { useRefreshVersions } from './use-versions.ts'

/** Goes back in one click while nobody waits on a later version, else after a look at them; undoing it publishes again what was live. */
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
    // Asked for, not remembered: the way back stands in a toast, and somebody else may have published meanwhile.
    const before = (await flowsApi.versions(id)).find(({ live }) => live)
    const made = await flowsApi.rollBack(id, version, decision)
    await refresh()
    const said = [words.rolledBack(made.version, version), sayDecision(waiting, decision, made.version)].filter(Boolean).join(' ')
    toast(said, before && { label: words.undo, run: () => void rollBack(before.version) })
  }
  const rollBack = (version: number) =>
    busy(async () => {
      const { waiting } = await flowsApi.preview(id, version)
      if (waiting.length > 0) ask(version)
      else await go(version, [], {})
    })
  return {
    rollBack,
    rollBackWith: (version, waiting, decision) => busy(() => go(version, waiting, decision)),
    isRollingBack,
  }
}

/** A refusal in the server's own words; it stays until it is closed. */
export function showFailure(error: unknown): void {
  if (!(error instanceof Refusal)) throw error
  toastRefusal(error)
}
