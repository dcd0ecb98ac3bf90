/** What the linter has to know of the world around a flow: the channels it is bound to, other flows, queues. */
import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Abilities, LintContext } from '../../server/engine/index.ts'
import { flowsApi, readChannels, readConnectors, readQueues, secretsApi } from '../api.ts'

/** Until something is known every name counts as good: a problem that vanishes by itself would only alarm. */
export function useLintContext(flow: string): LintContext {
  const [channels, connectors, flows, queues, secrets] = useQueries({
    queries: [
      { queryKey: ['channels'], queryFn: () => readChannels(), staleTime: Number.POSITIVE_INFINITY },
      { queryKey: ['connectors'], queryFn: () => readConnectors() },
      { queryKey: ['flows'], queryFn: () => flowsApi.list() },
      { queryKey: ['queues'], queryFn: () => readQueues() },
      { queryKey: ['secrets'], queryFn: () => secretsApi.list() },
    ],
  })
  return useMemo(() => {
    const bound = new Set((connectors.data ?? []).filter(connector => connector.flow === flow).map(connector => connector.channel))
    return {
      // The table of `channels/<name>/abilities.ts` as it is; the contract keeps its shape open.
      channels: (channels.data ?? []).filter(({ channel }) => bound.has(channel)).map(({ abilities }) => abilities as Abilities),
      ...(flows.data ? { flows: new Set([...flows.data.map(({ id }) => id), flow]) } : {}),
      ...(queues.data ? { queues: new Set(queues.data.map(({ slug }) => slug)) } : {}),
      ...(secrets.data ? { secrets: new Set(secrets.data.map(({ name }) => name)) } : {}),
    }
  }, [flow, channels.data, connectors.data, flows.data, queues.data, secrets.data])
}
