/** What the list of flows reads, and what can be done to a flow from there. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import type { FlowSummary } from '../../server/api/contract.ts'
import { flowsApi, readChannels, readConnectors } from '../api.ts'
import { toast, toastRefusal } from '../ui/toast.ts'
import { words } from '../words/en.ts'
import { blankFlow, freeId, freeName, idOfName } from './flow-file.ts'

/** Goes along to the editor of a flow that was made just now. */
export const NEW_FLOW = { isNew: true } as const

/** Every flow, archived ones too. */
export function useFlows() {
  return useQuery({ queryKey: ['flows'], queryFn: ({ signal }) => flowsApi.list(signal) })
}

/** Channels of the connectors, by the flow they use. */
export function useChannelsOfFlows(): ReadonlyMap<string, readonly string[]> {
  const { data = [] } = useQuery({ queryKey: ['connectors'], queryFn: ({ signal }) => readConnectors(signal) })
  const channels = new Map<string, string[]>()
  for (const { flow, channel } of data) {
    const known = channels.get(flow) ?? []
    if (!known.includes(channel)) channels.set(flow, [...known, channel])
  }
  return channels
}

/** What people call the channels, by their names in the API. */
export function useChannelTitles(): ReadonlyMap<string, string> {
  const { data = [] } = useQuery({ queryKey: ['channels'], queryFn: ({ signal }) => readChannels(signal), staleTime: Number.POSITIVE_INFINITY })
  return new Map(data.map(({ channel, title }) => [channel, title]))
}

/** What can be done; each one says what happened, and reads the list anew. */
export function useFlowDeeds() {
  const queries = useQueryClient()
  const [, navigate] = useLocation()
  const { data: flows = [] } = useFlows()
  const refresh = () => queries.invalidateQueries({ queryKey: ['flows'] })
  const ids = new Set(flows.map(flow => flow.id))
  const names = new Set(flows.map(flow => flow.name))

  const attempt = async (deed: () => Promise<void>): Promise<boolean> => {
    try {
      await deed()
      return true
    } catch (error) {
      toastRefusal(error)
      return false
    } finally {
      await refresh()
    }
  }
  const setArchived = (flow: FlowSummary, archived: boolean): Promise<boolean> =>
    attempt(async () => {
      await (archived ? flowsApi.archive(flow.id) : flowsApi.restore(flow.id))
      toast(archived ? words.flows.archivedToast(flow.name) : words.flows.restoredToast(flow.name), {
        label: words.flows.undo,
        run: () => void setArchived(flow, !archived),
      })
    })

  return {
    /** Makes an empty flow and opens it. */
    create: (name: string) =>
      attempt(async () => {
        const { id } = await flowsApi.make(blankFlow(freeId(idOfName(name), ids), name, Intl.DateTimeFormat().resolvedOptions().timeZone))
        navigate(`/flows/${id}`, { state: NEW_FLOW })
      }),
    /** Makes a flow of a template and opens it. */
    createFrom: (file: Readonly<Record<string, unknown>>) =>
      attempt(async () => {
        const made = await flowsApi.make({ ...file, id: freeId(String(file.id), ids), name: freeName(String(file.name), names) })
        navigate(`/flows/${made.id}`, { state: NEW_FLOW })
      }),
    duplicate: (flow: FlowSummary) =>
      attempt(async () => {
        const copy = await flowsApi.duplicate(flow.id)
        toast(words.flows.duplicated(copy.name), { label: words.flows.open, run: () => navigate(`/flows/${copy.id}`) })
      }),
    setArchived,
    exportFile: (flow: FlowSummary) => attempt(() => downloadFlow(flow.id)),
    setTags: (flow: FlowSummary, tags: readonly string[]) =>
      attempt(async () => {
        const { draft } = await flowsApi.read(flow.id)
        await flowsApi.save(flow.id, JSON.stringify({ ...asObject(draft.file), tags }), draft.etag)
      }),
    refresh,
    ids,
  }
}

async function downloadFlow(id: string): Promise<void> {
  const [{ draft }, { canonicalText }] = await Promise.all([flowsApi.read(id), import('./canonical-text.ts')])
  const url = URL.createObjectURL(new Blob([canonicalText(draft.file)], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `${id}.json`
  link.click()
  URL.revokeObjectURL(url)
}

function asObject(file: unknown): object {
  return typeof file === 'object' && file !== null ? file : {}
}
