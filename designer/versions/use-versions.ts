/** The versions of the open flow and their files, from the server. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { VersionSummary } from '../../server/api/contract.ts'
import type { Flow } from '../../server/engine/index.ts'
import { flowsApi } from '../api.ts'
import { useDraft } from '../draft/index.ts'
import { useVersion } from '../shown/index.ts'

/** The history, newest first; undefined until it is known. */
export function useHistory(id: string): readonly VersionSummary[] | undefined {
  return useQuery({ queryKey: ['versions', id], queryFn: ({ signal }) => flowsApi.versions(id, signal) }).data
}

/** What can be looked at: the draft, or a version by its number. */
export type Shown = 'draft' | number

/** The flow of the draft or of a version; undefined until it is read, or for `undefined`. */
export function useShownFlow(id: string, shown: Shown | undefined): Flow | undefined {
  const draft = useDraft(({ flow }) => flow)
  const version = typeof shown === 'number' ? shown : undefined
  const { data } = useVersion(id, version)
  return shown === 'draft' ? draft : data
}

/** Forgets what publishing or rolling back made old. */
export function useRefreshVersions(id: string): () => Promise<void> {
  const client = useQueryClient()
  return useMemo(
    () => async () => {
      await Promise.all([['versions', id], ['flows'], ['running', id], ['moves', id]].map(queryKey => client.invalidateQueries({ queryKey })))
    },
    [client, id],
  )
}
