/** Group commit: whatever is ready in the same moment shares one durable commit, so durability costs little (design 5.7). */
import { BrokenWrite, LostRace, type Store, type Write } from '../store/index.ts'

/** Takes units of writes; a unit is all or nothing, and one that fails does not take its neighbours with it. */
export interface GroupCommit {
  /**
   * Durable when it resolves. Rejects with LostRace, BrokenWrite or `store.down`. With `canWait` it goes with the next commit
   * of anybody, or alone after a moment: what nobody waits for need not cost a commit of its own.
   */
  commit(writes: readonly Write[], canWait?: boolean): Promise<void>
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

/** How a group commit is watched and timed. */
export interface GroupCommitOptions {
  /** Hears the size of every commit. */
  observe?(units: number): void
  /** How long a unit that can wait does (ms); 0: not at all. */
  readonly patienceMs: number
}

/** Makes a group commit over a store. */
export function createGroupCommit(store: Pick<Store, 'commit'>, { observe, patienceMs }: GroupCommitOptions): GroupCommit {
  const waiting: Unit[] = []
  let flushing = false
  let patience: NodeJS.Timeout | undefined
  let idle: (() => void)[] = []

  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      const units = waiting.splice(0, MOST_UNITS)
      observe?.(units.length)
      await commitTogether(store, units)
    }
    flushing = false
    const told = idle
    idle = []
    for (const tell of told) tell()
  }

  function begin(): void {
    clearTimeout(patience)
    patience = undefined
    if (flushing) return
    flushing = true
    // After the I/O of this round: requests that arrived together commit together.
    setImmediate(() => void flush())
  }

  return {
    commit: (writes, canWait = false) =>
      new Promise((resolve, reject) => {
        waiting.push({ writes, resolve, reject })
        if (!canWait || patienceMs === 0) begin()
        else if (!flushing) patience ??= setTimeout(begin, patienceMs)
      }),
    settled: () => {
      if (waiting.length > 0) begin()
      return flushing ? new Promise(resolve => idle.push(resolve)) : Promise.resolve()
    },
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
