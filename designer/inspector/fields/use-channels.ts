/** Every channel with what it can do, as the server tells it. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Abilities } from '../../../server/engine/index.ts'
import { readChannels } from '../../api.ts'

const NONE: readonly Abilities[] = []

/** The tables of all channels; none until they are there. */
export function useChannels(): readonly Abilities[] {
  const { data } = useQuery({ queryKey: ['channels'], queryFn: () => readChannels(), staleTime: Number.POSITIVE_INFINITY })
  // The table of `channels/<name>/abilities.ts` as it is; the contract keeps its shape open.
  return useMemo(() => data?.map(channel => channel.abilities as Abilities) ?? NONE, [data])
}
