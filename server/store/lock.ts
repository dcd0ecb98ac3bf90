/** The exclusive lock on DATA_DIR (rule 7): a held SQLite transaction, which the system frees when the process dies. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Raw from 'better-sqlite3'
import { dataLocked, dataUnwritable } from './errors.ts'

/** Holds the folder until `release`. */
export interface DataLock {
  release(): void
}

/** Takes the lock or throws DomainError `store.locked` at once. Makes the folder when it is missing. */
export function acquireLock(dir: string): DataLock {
  let raw: Raw.Database | undefined
  try {
    mkdirSync(dir, { recursive: true })
    raw = new Raw(join(dir, 'lock.db'), { timeout: 0 })
    raw.pragma('locking_mode = EXCLUSIVE')
    raw.exec('begin exclusive')
  } catch (error) {
    raw?.close()
    if (error instanceof Raw.SqliteError && error.code.startsWith('SQLITE_BUSY')) throw dataLocked(dir)
    throw dataUnwritable(dir, error)
  }
  const held = raw
  return { release: () => held.close() }
}
