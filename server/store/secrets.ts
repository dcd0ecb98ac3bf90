/** Secrets at rest: AES-256-GCM with the row's id bound in, so that a sealed value is worthless in another row. */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DomainError } from '../engine/index.ts'

/** Seals and opens texts. `row` is the id of the row that holds the value. */
export interface Secrets {
  seal(text: string, row: string): Buffer
  /** Throws DomainError `store.wrong_key` when no known key opens it. */
  open(sealed: Uint8Array, row: string): string
}

const NONCE = 12
const TAG = 16
const KEY_ID = 4
const VERSION = 1

/** Seals with the first key and opens with any: put a new key in front to rotate. */
export function createSecrets(keys: readonly string[]): Secrets {
  const derived = keys.map(deriveKey)
  const [current] = derived
  if (!current) throw new DomainError('store.no_key', { message: 'There is no key to seal secrets with.', hint: 'Set SECRET_KEY.' })
  return {
    seal: (text, row) => {
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv('aes-256-gcm', current.key, nonce)
      cipher.setAAD(Buffer.from(row))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.of(VERSION), current.id, nonce, cipher.getAuthTag(), body])
    },
    open: (sealed, row) => {
      const bytes = Buffer.from(sealed)
      const id = bytes.subarray(1, 1 + KEY_ID)
      const key = derived.find(candidate => candidate.id.equals(id))?.key
      if (bytes[0] !== VERSION || !key) throw wrongKey()
      const nonce = bytes.subarray(1 + KEY_ID, 1 + KEY_ID + NONCE)
      const tag = bytes.subarray(1 + KEY_ID + NONCE, 1 + KEY_ID + NONCE + TAG)
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG })
      decipher.setAAD(Buffer.from(row))
      decipher.setAuthTag(tag)
      try {
        return Buffer.concat([decipher.update(bytes.subarray(1 + KEY_ID + NONCE + TAG)), decipher.final()]).toString('utf8')
      } catch (error) {
        throw wrongKey(error)
      }
    },
  }
}

/** The key file of a folder without SECRET_KEY; made on first use, readable by its owner only. */
export function readKeyFile(dir: string): string {
  const path = join(dir, 'secret.key')
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    const key = randomBytes(32).toString('hex')
    writeFileSync(path, `${key}\n`, { mode: 0o600, flag: 'wx' })
    chmodSync(path, 0o600)
    return key
  }
}

function deriveKey(secret: string): { readonly id: Buffer; readonly key: Buffer } {
  const key = Buffer.from(hkdfSync('sha256', secret, 'parley', 'secrets at rest', 32))
  return { key, id: createHash('sha256').update(key).digest().subarray(0, KEY_ID) }
}

function wrongKey(cause?: unknown): DomainError {
  return new DomainError('store.wrong_key', {
    message: 'A stored secret cannot be opened with the present key.',
    hint: 'Start with the SECRET_KEY (or the secret.key file) that the secret was stored with, or enter the secret again.',
    ...(cause === undefined ? {} : { cause }),
  })
}
