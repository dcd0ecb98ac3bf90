/** Parts of the page that are loaded when they are first needed, or before it while the page is idle. */
import { type ComponentType, createElement, lazy, type ReactNode, useEffect, useState, useSyncExternalStore } from 'react'

/** Code that could not be loaded: no connection, or a server with a newer page than this one. */
export class PartMissing extends Error {
  constructor(cause: unknown) {
    super('A part of the page could not be loaded.', { cause })
    this.name = 'PartMissing'
  }
}

/** A component that comes late. It suspends until it is there, and not for a moment once it was loaded. */
export interface Part<Props> {
  (props: Props): ReactNode
  preload(): Promise<void>
}

/** Makes a part of `async () => (await import('./File.tsx')).Component`. */
export function lazyPart<Props extends object = object>(load: () => Promise<ComponentType<Props>>): Part<Props> {
  const code = lazyCode(load)
  const Late = lazy(async () => ({ default: await code.load() }))
  const Shown = (props: Props): ReactNode => {
    // Chosen once: another component in the same place would begin anew.
    const [Chosen] = useState<ComponentType<Props>>(() => code.loaded() ?? Late)
    return createElement(Chosen, props)
  }
  return Object.assign(Shown, { preload: async () => void (await code.load()) })
}

/** Functions that come late. */
export interface LateCode<Code> {
  /** Throws `PartMissing`. */
  load(): Promise<Code>
  loaded(): Code | undefined
  /** Calls `listener` when the code is there; answers how to stop. */
  subscribe(listener: () => void): () => void
}

/** Loads code once. What could not be loaded is tried again the next time. */
export function lazyCode<Code>(load: () => Promise<Code>): LateCode<Code> {
  let loaded: Code | undefined
  let loading: Promise<Code> | undefined
  const listeners = new Set<() => void>()
  return {
    load() {
      loading ??= load().then(
        code => {
          loaded = code
          for (const listener of listeners) listener()
          return code
        },
        cause => {
          loading = undefined
          throw new PartMissing(cause)
        },
      )
      return loading
    },
    loaded: () => loaded,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The code as soon as it is there, whoever asked for it; loaded when `isNeeded`. A failure is the error boundary's. */
export function useLateCode<Code>(code: LateCode<Code>, isNeeded: boolean): Code | undefined {
  const loaded = useSyncExternalStore(code.subscribe, code.loaded)
  const [failure, setFailure] = useState<unknown>()
  const isMissing = isNeeded && loaded === undefined
  useEffect(() => {
    if (isMissing) void code.load().catch(setFailure)
  }, [code, isMissing])
  if (failure !== undefined) throw failure
  return loaded
}
