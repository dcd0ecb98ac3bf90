/** What the browser keeps of one chat. In private windows and locked-down frames there may be no storage: then the tab remembers. */

/** A place for small texts under one chat's name. */
export interface ChatStorage {
  get(key: string): string | undefined
  set(key: string, value: string): void
  remove(key: string): void
  /** The keys that begin with `prefix`. */
  keys(prefix: string): readonly string[]
}

/** Opens the storage of a connector's chat. */
export function openStorage(connector: string): ChatStorage {
  const prefix = `parley.chat.${connector}.`
  const memory = new Map<string, string>()
  const local = usable()
  return {
    get: key => memory.get(key) ?? local?.getItem(prefix + key) ?? undefined,
    set(key, value) {
      try {
        if (local === undefined) throw new Error('no storage')
        local.setItem(prefix + key, value)
        memory.delete(key)
      } catch {
        // Full or forbidden: better for this tab only than not at all.
        memory.set(key, value)
      }
    },
    remove(key) {
      memory.delete(key)
      local?.removeItem(prefix + key)
    },
    keys(start) {
      const kept =
        local === undefined
          ? []
          : Object.keys(local)
              .filter(key => key.startsWith(prefix))
              .map(key => key.slice(prefix.length))
      return [...new Set([...kept, ...memory.keys()])].filter(key => key.startsWith(start))
    },
  }
}

function usable(): typeof globalThis.localStorage | undefined {
  try {
    return globalThis.localStorage ?? undefined
  } catch {
    return undefined
  }
}
