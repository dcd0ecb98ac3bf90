/** The run of the open draft, kept while the panel is closed, and shown to the canvas while it is open. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { type StoreApi, useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Abilities } from '../../server/engine/index.ts'
import { readChannels } from '../api.ts'
import { useDraft } from '../draft/index.ts'
import { drawPath } from './path.ts'
import { NO_RUN, showRun } from './run.ts'
import { firstSetting } from './setting.ts'
import { createSimulation, type Played, type Simulation } from './simulation.ts'
import { watchValues } from './values.ts'

/** The run with the store that tells of its changes. */
interface OpenRun {
  readonly flow: string
  readonly simulation: Simulation
  readonly store: StoreApi<Played>
}

/** Channels by name, as the server tells them; empty until it did. */
let channels: ReadonlyMap<string, Abilities> = new Map()
let openRun: OpenRun | undefined

/** After the last edit, ms: typing is not compiled letter by letter. */
const COMPILE_AFTER_MS = 250

/** The table of a channel; undefined for one that is not known, or not yet. */
export function abilitiesOf(channel: string): Abilities | undefined {
  return channels.get(channel)
}

function runOf(flow: string): OpenRun {
  if (openRun?.flow === flow) return openRun
  const simulation = createSimulation({ abilitiesOf }, firstSetting(Date.now()), () => store.setState(simulation.read(), true))
  const store = createStore<Played>(() => simulation.read())
  openRun = { flow, simulation, store }
  return openRun
}

/** The run of the draft on the page. `isReady` once the channels are known. */
export function useSimulation(): {
  readonly simulation: Simulation
  readonly played: Played
  readonly channels: readonly Abilities[]
  readonly isReady: boolean
} {
  const id = useDraft(draft => draft.id)
  const flow = useDraft(draft => draft.flow)
  const { simulation, store } = runOf(id)
  const played = useStore(store)
  const known = useChannels()
  useEffect(() => {
    // The first time at once, so that the panel opens ready.
    if (!simulation.read().flow) {
      simulation.setFlow(flow)
      return
    }
    const timer = window.setTimeout(() => simulation.setFlow(flow), COMPILE_AFTER_MS)
    return () => window.clearTimeout(timer)
  }, [simulation, flow])
  useShownRun(played)
  return { simulation, played, channels: known, isReady: known.length > 0 }
}

function useChannels(): readonly Abilities[] {
  const { data } = useQuery({ queryKey: ['channels'], queryFn: ({ signal }) => readChannels(signal), staleTime: Number.POSITIVE_INFINITY })
  return useMemo(() => {
    // The table of `channels/<name>/abilities.ts` as it is; the contract keeps its shape open.
    const known = (data ?? []).map(({ abilities }) => abilities as Abilities)
    channels = new Map(known.map(abilities => [abilities.channel, abilities]))
    return known
  }, [data])
}

/** Hands the run to the canvas; nothing is lit once the panel is closed. */
function useShownRun({ state, flow, turns }: Played): void {
  useEffect(() => {
    if (!state || !flow) {
      showRun({ ...NO_RUN })
      return
    }
    const lengths = turns.map(turn => turn.after.log.length)
    showRun({ ...drawPath(state, flow, lengths), values: watchValues(flow.flow, state.conversation, turns.at(-1)?.before.state.conversation) })
  }, [state, flow, turns])
  useEffect(() => () => showRun(NO_RUN), [])
}
