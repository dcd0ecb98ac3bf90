/** The file of a published version, read once: versions never change. */
import { useQuery } from '@tanstack/react-query'
import type { Flow } from '../../server/engine/index.ts'
import { flowsApi } from '../api.ts'
import { findPlaces } from '../commands/index.ts'

/** The flow of a version; nothing is read while either is not known. */
export function useVersion(flow: string | null, version: number | null | undefined) {
  return useQuery({
    queryKey: ['version', flow, version],
    queryFn: async ({ signal }) => readVersion(await flowsApi.version(flow ?? '', version ?? 0, signal)),
    enabled: flow !== null && typeof version === 'number',
    staleTime: Number.POSITIVE_INFINITY,
  })
}

async function readVersion(text: string): Promise<Flow> {
  const { readFlow } = await import('../draft/read-flow.ts')
  const flow = readFlow(text)
  await findPlaces(flow)
  return flow
}
