/** Lets only so many through at a time, for one host and in all: a slow API must not hold up the others. */
export interface Gate {
  /** Resolves with how to leave again. Rejects when the signal is aborted before. */
  enter(host: string, signal: AbortSignal): Promise<() => void>
  waiting(): number
}

interface Waiting {
  readonly host: string
  go(): void
}

/** Makes a gate. */
export function createGate(mostPerHost: number, most: number): Gate {
  const inside = new Map<string, number>()
  let all = 0
  let line: Waiting[] = []

  const isFree = (host: string) => all < most && (inside.get(host) ?? 0) < mostPerHost
  const count = (host: string, by: 1 | -1) => {
    all += by
    const now = (inside.get(host) ?? 0) + by
    if (now === 0) inside.delete(host)
    else inside.set(host, now)
  }
  const admit = (host: string) => {
    count(host, 1)
    return () => {
      count(host, -1)
      const next = line.find(waiting => isFree(waiting.host))
      if (!next) return
      line = line.filter(waiting => waiting !== next)
      next.go()
    }
  }

  return {
    enter: (host, signal) => {
      if (isFree(host)) return Promise.resolve(admit(host))
      return new Promise((resolve, reject) => {
        const waiting: Waiting = {
          host,
          go: () => {
            signal.removeEventListener('abort', giveUp)
            resolve(admit(host))
          },
        }
        const giveUp = () => {
          line = line.filter(other => other !== waiting)
          reject(signal.reason)
        }
        signal.addEventListener('abort', giveUp, { once: true })
        line.push(waiting)
      })
    },
    waiting: () => line.length,
  }
}
