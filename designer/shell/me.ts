/** Who is signed in, and what they may do. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { MeAnswer, Scope } from '../../server/api/contract.ts'
import { meApi, Refusal } from '../api.ts'

const ME = ['me'] as const

/** The person at the screen; `data` is null when nobody is signed in. */
export function useMe() {
  return useQuery<MeAnswer | null>({
    queryKey: ME,
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      try {
        return await meApi.read(signal)
      } catch (error) {
        if (error instanceof Refusal && error.status === 401) return null
        throw error
      }
    },
  })
}

/** Whether the person may do what needs this scope; false while it is not known. */
export function useMay(scope: Scope): boolean {
  const { data } = useMe()
  return data ? data.scopes.includes('admin') || data.scopes.includes(scope) : false
}

/** Says who is at the screen now, after somebody came (`me`) or went (null); what was read for the one before is forgotten. */
export function useSetMe(): (me: MeAnswer | null) => void {
  const queries = useQueryClient()
  return useCallback(
    me => {
      queries.setQueryData(ME, me)
      queries.removeQueries({ predicate: query => query.queryKey[0] !== ME[0] })
    },
    [queries],
  )
}
