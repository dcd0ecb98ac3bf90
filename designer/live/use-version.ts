/** The file of a published version, read once: versions never change. */
import { useQuery } from '@tanstack/react-query'
import { type Flow, parseFlow } from '../../server/engine/index.ts'
import { flowsApi, Refusal } from '../api.ts'

/** The flow of a version; nothing is read while either is null. */
export function useVersion(flow: string | null, version: number | null) {
  return useQuery({
    queryKey: ['version', flow, version],
    queryFn: async ({ signal }) => readVersion(await flowsApi.version(flow ?? '', version ?? 0, signal)),
    enabled: flow !== null && version !== null,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

function readVersion(text: string): Flow {
  const parsing = parseFlow(text)
  if (parsing.ok) return parsing.flow
  throw new Refusal({ status: 422, code: 'flow.not_well_formed', message: parsing.problems[0]?.message ?? '', problems: parsing.problems })
}
