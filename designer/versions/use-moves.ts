/** Where conversations wait that a publication is about, and what was chosen for them. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { MoveChoice, MoveChoices, WaitingBlock } from '../../server/api/contract.ts'
import { flowsApi } from '../api.ts'
import { type Chosen, decisionOf } from './moves.ts'

const NOBODY: readonly WaitingBlock[] = []

/** What the rows show, and what is sent in the end. */
export interface Moves {
  /** Undefined until it is known. */
  readonly waiting: readonly WaitingBlock[] | undefined
  /** The number of the version that is made. */
  readonly to: number | undefined
  readonly chosen: Chosen
  readonly decision: MoveChoices
  choose(block: string, choice: MoveChoice): void
}

/** Looks ahead to publishing the stored draft, or to a roll back. Asked once the draft is stored: the server looks at what it has. */
export function useMoves(id: string, about: { readonly version?: number; readonly isReady: boolean }): Moves {
  const { version, isReady } = about
  const { data } = useQuery({
    queryKey: ['publish_preview', id, version],
    queryFn: ({ signal }) => flowsApi.preview(id, version, signal),
    enabled: isReady,
    staleTime: 0,
    gcTime: 0,
  })
  const [chosen, setChosen] = useState<Chosen>({})
  return {
    waiting: data?.waiting,
    to: data?.version,
    chosen,
    decision: decisionOf(data?.waiting ?? NOBODY, chosen),
    choose: (block, choice) => setChosen(before => ({ ...before, [block]: choice })),
  }
}
