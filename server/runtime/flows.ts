/** Compiled flows in memory: every live version from the start, pinned ones when a lane first needs them (rule 22). */
import { type CompiledFlow, type Conversation, type Event, type Flow, mustCompile } from '../engine/index.ts'
import type { Store, StoredVersion } from '../store/index.ts'
import type { Log } from './log.ts'

/** What the engine asks flows for, and what keeps them there. */
export interface Flows {
  /** No I/O. Without a version the live one. */
  flowOf(id: string, version?: number): CompiledFlow | undefined
  /** Reads the live versions again; call it after a publication. */
  refresh(): Promise<void>
  /** Reads what a session is pinned to and what events about versions name; undefined when it is in memory. */
  loadFor(conversation: Conversation, events?: readonly Event[]): Promise<void> | undefined
}

/** Makes a version ready to run; throws when it cannot. */
export type CompileVersion = (version: StoredVersion) => CompiledFlow

/** Pinned versions kept in memory beside the live ones. */
const MOST_PINNED = 500

/** Makes the cache; `refresh` fills it. */
export function createFlows(store: Store, log: Log, compile: CompileVersion = compileVersion): Flows {
  const live = new Map<string, CompiledFlow>()
  const pinned = new Map<string, CompiledFlow | undefined>()
  const keyOf = (flow: string, version: number) => `${flow} ${version}`

  function keep(version: StoredVersion): CompiledFlow | undefined {
    const key = keyOf(version.flow, version.version)
    const known = pinned.get(key)
    if (known) return known
    let flow: CompiledFlow | undefined
    try {
      flow = compile(version)
    } catch (error) {
      log.error({ err: error, flow: version.flow, version: version.version }, 'A published version cannot run.')
    }
    if (pinned.size >= MOST_PINNED) forgetOldest()
    pinned.set(key, flow)
    return flow
  }

  function forgetOldest(): void {
    for (const [key, flow] of pinned) {
      if (flow && live.get(flow.id) === flow) continue
      pinned.delete(key)
      return
    }
  }

  async function load(missing: readonly { readonly flow: string; readonly version: number }[]): Promise<void> {
    for (const version of await store.flows.versionsByNumber(missing)) keep(version)
    // A version that is not there is remembered as such, or every message would ask again.
    for (const { flow, version } of missing) if (!pinned.has(keyOf(flow, version))) pinned.set(keyOf(flow, version), undefined)
  }

  return {
    flowOf: (id, version) => {
      if (version === undefined) return live.get(id)
      const current = live.get(id)
      return current?.version === version ? current : pinned.get(keyOf(id, version))
    },
    refresh: async () => {
      const versions = await store.flows.liveVersions()
      const found = new Set<string>()
      for (const version of versions) {
        const flow = keep(version)
        if (flow) live.set(version.flow, flow)
        found.add(version.flow)
      }
      for (const id of [...live.keys()]) if (!found.has(id)) live.delete(id)
    },
    loadFor: ({ session }, events = []) => {
      if (!session) return undefined
      const targets = events.filter(event => event.type === 'conversation_moved')
      const missing = [session, ...(session.frames ?? []), ...targets].filter(
        ({ flow, version }) => live.get(flow)?.version !== version && !pinned.has(keyOf(flow, version)),
      )
      return missing.length === 0 ? undefined : load(missing)
    },
  }
}

/** Compiles a version as it is stored: its file was parsed and checked when it was published. */
export function compileVersion({ version, hash, file, intents }: StoredVersion): CompiledFlow {
  const flow: Flow = JSON.parse(file)
  return mustCompile(flow, { version, hash, ...(intents === null ? {} : { intents: JSON.parse(intents) }) })
}
