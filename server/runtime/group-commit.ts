/** Group commit: whatever is ready in the same moment shares one durable commit, so durability costs little (design 5.7). */
import { BrokenWrite, LostRace, type Store, type Write } from '../store/index.ts'

/** Takes units of writes; a unit is all or nothing, and one that fails does not take its neighbours with it. */
export interface GroupCommit {
  /** Durable when it resolves. Rejects with LostRace, BrokenWrite or `store.down`. */
  commit(writes: readonly Write[]): Promise<void>
  /** Resolves when nothing is left to commit. */
  settled(): Promise<void>
}

interface Unit {
  readonly writes: readonly Write[]
  resolve(): void
  reject(error: unknown): void
}

/** Units that share a commit at most; keeps one commit short enough to answer quickly. */
const MOST_UNITS = 200

/** Makes a group commit over a store. `observe` hears the size of every commit. */
export function createGroupCommit(store: Pick<Store, 'commit'>, observe: (units: number) => void = () => {}): GroupCommit {
  const waiting: Unit[] = []
  let flushing = false
  let idle: (() => void)[] = []

  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      const units = waiting.splice(0, MOST_UNITS)
      observe(units.length)
      await commitTogether(store, units)
    }
    flushing = false
    const told = idle
    idle = []
    for (const tell of told) tell()
  }

  return {
    commit: writes =>
      new Promise((resolve, reject) => {
        waiting.push({ writes, resolve, reject })
        if (flushing) return
        flushing = true
        // After the I/O of this round: requests that arrived together commit together.
        setImmediate(() => void flush())
      }),
    settled: () => (flushing ? new Promise(resolve => idle.push(resolve)) : Promise.resolve()),
  }
}

async function commitTogether(store: Pick<Store, 'commit'>, units: Unit[]): Promise<void> {
  while (units.length > 0) {
    try {
      await store.commit(units.length === 1 ? (units[0]?.writes ?? []) : units.flatMap(unit => unit.writes))
      for (const unit of units) unit.resolve()
      return
    } catch (error) {
      if (!(error instanceof LostRace || error instanceof BrokenWrite)) {
        for (const unit of units) unit.reject(error)
        return
      }
      const [loser] = units.splice(unitOf(units, error.index), 1)
      loser?.reject(error)
    }
  }
}

/** Which unit holds the write with this index of the whole commit. */
function unitOf(units: readonly Unit[], index: number): number {
  let end = 0
  return units.findIndex(unit => {
    end += unit.writes.length
    return index < end
  })
}
