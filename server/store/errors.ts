/** Errors of the store, and what a database's own errors mean. */
import { DomainError } from '../engine/index.ts'

/** The store cannot be used now; the same call can succeed later. */
export function storeDown(cause: unknown, reason: string): DomainError {
  return new DomainError('store.down', {
    message: `The store cannot be used: ${reason}.`,
    hint: 'Free space on the disk of DATA_DIR and check that it can be written; the server goes on by itself.',
    retry: 'later',
    cause,
  })
}

/** Whether the error says that the store is down. */
export function isStoreDown(error: unknown): boolean {
  return error instanceof DomainError && error.code === 'store.down'
}

/** Another server works on the same folder (rule 7). */
export function dataLocked(dir: string): DomainError {
  return new DomainError('store.locked', {
    message: `Another Parley server already uses the folder ${dir}.`,
    hint: 'Stop it first, or give this one a DATA_DIR of its own.',
    at: 'DATA_DIR',
    retry: 'later',
  })
}

/** The folder cannot be used at all. */
export function dataUnwritable(dir: string, cause: unknown): DomainError {
  return new DomainError('store.unwritable', {
    message: `The folder ${dir} cannot be written.`,
    hint: 'Set DATA_DIR to a folder that this user may write.',
    at: 'DATA_DIR',
    cause,
  })
}
