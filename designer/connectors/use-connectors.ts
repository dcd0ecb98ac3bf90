/** What the page reads, and what an administrator can do to a connector. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ChannelAnswer, ConnectorAnswer, ConnectorChange, NewConnector } from '../../server/api/contract.ts'
import { connectorsApi, readChannels, readConnectors } from '../api.ts'
import { toast, toastRefusal } from '../ui/toast.ts'
import { words } from '../words/en.ts'

/** Every connector. */
export function useConnectors() {
  return useQuery({ queryKey: ['connectors'], queryFn: ({ signal }) => readConnectors(signal) })
}

/** Every channel; they only change with the release. */
export function useChannels(): readonly ChannelAnswer[] {
  return useQuery({ queryKey: ['channels'], queryFn: ({ signal }) => readChannels(signal), staleTime: Number.POSITIVE_INFINITY }).data ?? []
}

/** Each one reads the list anew. `make` and `change` throw what is refused, for the form to show at its field. */
export function useConnectorDeeds() {
  const queries = useQueryClient()
  const refresh = () => queries.invalidateQueries({ queryKey: ['connectors'] })
  /** What the server answered is shown at once. */
  const keep = (connector: ConnectorAnswer): ConnectorAnswer => {
    queries.setQueryData<readonly ConnectorAnswer[]>(['connectors'], (known = []) =>
      known.some(({ id }) => id === connector.id) ? known.map(other => (other.id === connector.id ? connector : other)) : [...known, connector],
    )
    void refresh()
    return connector
  }
  const change = async (id: string, wanted: ConnectorChange) => keep(await connectorsApi.change(id, wanted))
  const setEnabled = async (connector: ConnectorAnswer, enabled: boolean): Promise<void> => {
    const { connectors: say } = words
    try {
      await change(connector.id, { enabled })
      toast(enabled ? say.switchedOnToast(connector.name) : say.switchedOffToast(connector.name), {
        label: say.undo,
        run: () => void setEnabled(connector, !enabled),
      })
    } catch (error) {
      toastRefusal(error)
    }
  }
  return {
    make: async (connector: NewConnector) => keep(await connectorsApi.make(connector)),
    change,
    setEnabled,
    /** Whether it worked. */
    remove: async (connector: ConnectorAnswer): Promise<boolean> => {
      try {
        await connectorsApi.remove(connector.id)
        toast(words.connectors.deleted(connector.name))
        return true
      } catch (error) {
        toastRefusal(error)
        return false
      } finally {
        await refresh()
      }
    },
  }
}
