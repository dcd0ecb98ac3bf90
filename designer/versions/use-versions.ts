/** The versions of the open flow and their files, from the server. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { VersionSummary } from '../../server/api/contract.ts'
import type { Flow } from '../../server/engine/index.ts'
import { flowsApi } from '../api.ts'
import { findPlaces } from '../commands/index.ts'
import { useDraft } from '../draft/index.ts'

/** The history, newest first; undefined until it is known. */
export function useHistory(id: string): readonly VersionSummary[] | undefined {
  return useQuery({ queryKey: ['versions', id], queryFn: ({ signal }) => flowsApi.versions(id, signal) }).data
}

/** What can be looked at: the draft, or a version by its number. */
export type Shown = 'draft' | number

/** The flow of the draft or of a version; undefined until it is read, or for `undefined`. Versions never change, so they are read once. */
export function useShownFlow(id: string, shown: Shown | undefined): Flow | undefined {
  const draft = useDraft(({ flow }) => flow)
  const version = typeof shown === 'number' ? shown : undefined
  const { data } = useQuery({
    queryKey: ['version', id, version],
    queryFn: async ({ signal }) => readVersion(await flowsApi.version(id, version ?? 0, signal)),
    enabled: version !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return shown === 'draft' ? draft : data
}

async function readVersion(text: string): Promise<Flow> {
  const { readFlow } = await import('../draft/read-flow.ts')
  const flow = readFlow(text)
  await findPlaces(flow)
  return flow
}

/** Forgets what publishing or rolling back made old. */
export function useRefreshVersions(id: string): () => Promise<void> {
  const client = useQueryClient()
  return useMemo(
    () => async () => {
      await Promise.all([['versions', id], ['flow', id], ['flows'], ['running', id]].map(queryKey => client.invalidateQueries({ queryKey })))
    },
    [client, id],
  )
}
