/** Files of messages: bytes on disk under their hash, fetched from vendors in the background, served by signed address (rule 42). */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileTypeFromBuffer } from 'file-type'
import type { VendorFile } from '../channels/channel.ts'
import { DomainError, type Event } from '../engine/index.ts'
import type { Store, StoredFile, Write } from '../store/index.ts'
import { backoffMs } from './backoff.ts'
import { checkpoint } from './checkpoints.ts'
import type { Clock } from './clock.ts'
import type { Connectors } from './connectors.ts'
import type { GroupCommit } from './group-commit.ts'
import { makeId } from './ids.ts'
import type { Log } from './log.ts'

export interface FileOptions {
  readonly store: Store
  readonly commits: GroupCommit
  readonly clock: Clock
  readonly log: Log
  /** DATA_DIR. */
  readonly dir: string
  /** Signs addresses. */
  readonly signingKey: string
  /** Where the server is seen from outside, without a slash at the end. */
  readonly publicUrl: () => string
  connectors(): Connectors
  random(): number
}

/** Where bytes are and what they are. */
export interface ReadableFile {
  readonly path: string
  readonly mime: string
  readonly name: string | null
  readonly size: number
}

/** The files of a runtime. */
export interface Files {
  /** Takes up fetching where the last process left it. */
  start(): Promise<void>
  /** Gives every vendor file of an event an id of ours, and the rows that say it has to be fetched. */
  allot(
    event: Event,
    files: readonly VendorFile[],
    owner: { readonly connector: string; readonly contact: string },
  ): { readonly event: Event; readonly writes: readonly Write[] }
  /** Fetches what was just committed. */
  wake(): void
  /** Stores bytes of our own side. Throws DomainError `file.too_big`. */
  put(bytes: Buffer, about: { readonly name: string | null; readonly connector: string | null; readonly contact: string | null }): Promise<StoredFile>
  /** Undefined while it is not here, or when it is gone. */
  read(id: string): Promise<ReadableFile | undefined>
  /** An address that opens the file without signing in, for `FILE_URL_MS`. */
  urlOf(id: string): string
  isSigned(id: string, expires: string, signature: string): boolean
  /** Removes the bytes that no row names any more. */
  sweep(hashes: readonly string[]): Promise<void>
  stop(): Promise<void>
}

/** Largest file (bytes). */
export const MOST_FILE_BYTES = 20 * 1024 * 1024
/** How long a signed address is good. */
export const FILE_URL_MS = 24 * 3_600_000
const MOST_TRIES = 8
const MOST_FETCHING = 4
const FETCH_TIMEOUT_MS = 60_000

/** Makes them. */
export function createFiles(options: FileOptions): Files {
  const { store, clock, log, commits } = options
  const folder = join(options.dir, 'files')
  const stopping = new AbortController()
  const fetching = new Map<string, Promise<void>>()
  let callOff = () => {}

  const pathOf = (hash: string) => join(folder, hash.slice(0, 2), hash)

  /** Writes bytes once; the name is the hash, so the same bytes are the same file. */
  async function keep(bytes: Buffer): Promise<string> {
    const hash = createHash('sha256').update(bytes).digest('hex')
    const path = pathOf(hash)
    const present = await stat(path).catch(() => null)
    if (present?.size === bytes.length) return hash
    await mkdir(join(folder, hash.slice(0, 2)), { recursive: true })
    const draft = `${path}.${makeId(clock.now())}`
    const handle = await open(draft, 'wx')
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, path)
    return hash
  }

  async function describe(bytes: Buffer): Promise<{ readonly hash: string; readonly size: number; readonly mime: string }> {
    if (bytes.length > MOST_FILE_BYTES) {
      throw new DomainError('file.too_big', {
        message: `The file has ${bytes.length} bytes; at most ${MOST_FILE_BYTES} are taken.`,
        hint: 'Send a smaller one.',
      })
    }
    // What a sender calls it decides nothing: the bytes do.
    const sniffed = await fileTypeFromBuffer(bytes)
    return { hash: await keep(bytes), size: bytes.length, mime: sniffed?.mime ?? 'application/octet-stream' }
  }

  async function fetchNext(): Promise<void> {
    if (stopping.signal.aborted) return
    callOff()
    const waiting = await store.files.fetching(MOST_FETCHING * 4).catch(() => [])
    const now = clock.now()
    for (const file of waiting) {
      if (fetching.size >= MOST_FETCHING) return
      if (fetching.has(file.id)) continue
      if ((file.retry_at ?? 0) > now) {
        callOff = clock.after((file.retry_at ?? 0) - now, wake)
        return
      }
      const run = fetchOne(file).finally(() => {
        fetching.delete(file.id)
        wake()
      })
      fetching.set(file.id, run)
    }
  }

  async function fetchOne(file: StoredFile): Promise<void> {
    const connection = file.connector === null ? null : (options.connectors().get(file.connector)?.connection ?? null)
    let next: StoredFile
    try {
      if (!connection?.fetchFile || file.ref === null)
        throw new DomainError('file.no_source', { message: 'The connector cannot fetch files now.', retry: 'later' })
      const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(FETCH_TIMEOUT_MS)])
      const { bytes } = await connection.fetchFile(file.ref, MOST_FILE_BYTES, signal)
      next = { ...file, ...(await describe(bytes)), status: 'stored', ref: null, retry_at: null, problem: null }
    } catch (error) {
      if (stopping.signal.aborted) return
      next = afterFailure(file, error)
      log.warn({ err: error, file: file.id, connector: file.connector, attempts: next.attempts }, 'A file could not be fetched.')
    }
    checkpoint('file.before_settle')
    await commits
      .commit(store.files.update([next]))
      .catch(error => log.warn({ err: error, file: file.id }, 'A fetched file could not be noted; it is fetched again.'))
  }

  function afterFailure(file: StoredFile, error: unknown): StoredFile {
    const attempts = file.attempts + 1
    const problem = error instanceof Error ? error.message : 'It could not be fetched.'
    const isOver = attempts >= MOST_TRIES || (error instanceof DomainError && error.retry === 'never')
    if (isOver) return { ...file, attempts, problem, status: 'failed', ref: null, retry_at: null }
    return { ...file, attempts, problem, retry_at: clock.now() + backoffMs(attempts, undefined, options.random()) }
  }

  function wake(): void {
    if (fetching.size < MOST_FETCHING) void fetchNext()
  }

  function signatureOf(id: string, expires: string): Buffer {
    return createHmac('sha256', options.signingKey).update(`${id}\n${expires}`).digest()
  }

  return {
    start: async () => {
      await mkdir(folder, { recursive: true })
      wake()
    },
    allot: (event, files, owner) => {
      if (event.type !== 'message_received' || files.length === 0) return { event, writes: [] }
      const now = clock.now()
      const rows: StoredFile[] = []
      const attachments = (event.message.attachments ?? []).map((attachment, index) => {
        const vendor = files.find(file => file.attachment === index)
        if (!vendor) return attachment
        const id = makeId(now)
        const { name = null, mime = null, size = null } = attachment
        rows.push({
          id,
          ...owner,
          hash: null,
          size,
          mime,
          name,
          status: 'fetching',
          ref: vendor.ref,
          attempts: 0,
          retry_at: now,
          problem: null,
          created_at: now,
        })
        return { ...attachment, file: id }
      })
      return { event: { ...event, message: { ...event.message, attachments } }, writes: store.files.insert(rows) }
    },
    wake,
    put: async (bytes, about) => {
      const now = clock.now()
      const file: StoredFile = {
        id: makeId(now),
        ...about,
        ...(await describe(bytes)),
        status: 'stored',
        ref: null,
        attempts: 0,
        retry_at: null,
        problem: null,
        created_at: now,
      }
      await commits.commit(store.files.insert([file]))
      return file
    },
    read: async id => {
      const [file] = await store.files.byId([id])
      if (file?.status !== 'stored' || file.hash === null) return undefined
      return { path: pathOf(file.hash), mime: file.mime ?? 'application/octet-stream', name: file.name, size: file.size ?? 0 }
    },
    urlOf: id => {
      const expires = String(clock.now() + FILE_URL_MS)
      return `${options.publicUrl()}/files/${id}?expires=${expires}&signature=${signatureOf(id, expires).toString('base64url')}`
    },
    isSigned: (id, expires, signature) => {
      if (!(Number(expires) > clock.now())) return false
      const given = Buffer.from(signature, 'base64url')
      const expected = signatureOf(id, expires)
      return given.length === expected.length && timingSafeEqual(given, expected)
    },
    sweep: async hashes => {
      if (hashes.length === 0) return
      const used = await store.files.used(hashes)
      for (const hash of hashes) if (!used.has(hash)) await rm(pathOf(hash), { force: true })
    },
    stop: async () => {
      stopping.abort()
      callOff()
      await Promise.allSettled(fetching.values())
    },
  }
}
