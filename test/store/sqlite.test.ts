import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Raw from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { acquireLock, isStoreDown, openStore } from '../../server/store/index.ts'
import { createSecrets, readKeyFile } from '../../server/store/secrets.ts'
import { openTestStore, type TestStore } from '../helpers/stores.ts'
import { connectorRow } from './rows.ts'

describe('the embedded store', () => {
  let place: TestStore
  beforeEach(async () => {
    place = await openTestStore()
  })
  afterEach(() => place.end())

  test('runs WAL, so that readers never wait for a writer', () => {
    const raw = new Raw(join(place.dir, 'parley.db'), { readonly: true })
    expect(raw.pragma('journal_mode', { simple: true })).toBe('wal')
    raw.close()
  })

  test('rule 4: no transaction of Kysely writes outside the migrations', () => {
    const files = readdirSync('server', { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'))
    expect(files.filter(file => /\.transaction\(|startTransaction/.test(readFileSync(join('server', file), 'utf8')))).toEqual([])
  })

  test('the hot reads use their indexes', () => {
    const raw = new Raw(join(place.dir, 'parley.db'), { readonly: true })
    const plan = (sql: string) => JSON.stringify(raw.prepare(`explain query plan ${sql}`).all())
    expect(
      plan(`select external_id from events where connector = 'a' and external_id is not null and external_id in (select value from json_each('[]'))`),
    ).toContain('events_external_id')
    expect(plan(`select * from contacts where last_seq > handled_seq and id > '' order by id limit 5`)).toContain('contacts_behind')
    expect(plan(`select * from deliveries where status = 'queued' and (contact, n) > ('', 0) order by contact, n limit 5`)).toContain('deliveries_queued')
    expect(plan('select * from timers where due_at < 5 order by due_at limit 5')).toContain('timers_due')
    expect(plan('select count(*), min(received_at) from events where step is null')).toContain('events_waiting')
    expect(plan(`select * from deliveries where status = 'queued' and contact in (select value from json_each('[]')) order by contact, n`)).toContain(
      'deliveries_queued',
    )
    raw.close()
  })

  test('a secret is not in the files of the database', async () => {
    await place.store.commit(place.store.connectors.insert(connectorRow({ secrets: { token: 'very-secret-token' } })))
    for (const file of ['parley.db', 'parley.db-wal']) expect(readFileSync(join(place.dir, file)).includes('very-secret-token')).toBe(false)
  })

  test('a full disk is told as store.down, loses nothing and heals by itself', async () => {
    const { store } = place
    // A page limit is the smallest full disk there is: SQLite answers it with the same SQLITE_FULL.
    const limit = new Raw(join(place.dir, 'parley.db'))
    limit.close()
    await store.commit([{ sql: 'create table ballast (bytes blob)', parameters: [] }])
    await store.commit([{ sql: 'pragma max_page_count = 1', parameters: [] }])
    const fill = store.commit([{ sql: 'insert into ballast values (zeroblob(4000000))', parameters: [] }, ...store.facts.set('half', 'done')])
    await expect(fill).rejects.toSatisfy(isStoreDown)
    await store.commit([{ sql: 'pragma max_page_count = 1000000', parameters: [] }])
    await store.commit(store.facts.set('whole', 'done'))
    expect(await store.facts.get('half')).toBeUndefined()
    expect(await store.facts.get('whole')).toBe('done')
  })

  test('a folder that cannot be one is refused with a sentence', async () => {
    const path = join(place.dir, 'file')
    writeFileSync(path, '')
    await expect(openStore({ dir: path })).rejects.toMatchObject({ code: 'store.unwritable' })
  })
})

describe('rule 7: the lock on the data folder', () => {
  let place: TestStore
  beforeEach(async () => {
    place = await openTestStore()
  })
  afterEach(() => place.end())

  test('rule 7: a second holder is refused with a sentence', () => {
    const lock = acquireLock(place.dir)
    expect(() => acquireLock(place.dir)).toThrow(expect.objectContaining({ code: 'store.locked' }))
    lock.release()
    acquireLock(place.dir).release()
  })

  test('rule 7: the lock of a killed process is free at once', async () => {
    const script = `import { acquireLock } from ${JSON.stringify(join(process.cwd(), 'server/store/lock.ts'))}; acquireLock(${JSON.stringify(place.dir)}); console.log('held'); setInterval(() => {}, 1000)`
    const holder = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
    await new Promise<void>(resolve => holder.stdout.once('data', () => resolve()))
    expect(() => acquireLock(place.dir)).toThrow(expect.objectContaining({ code: 'store.locked' }))
    const dead = new Promise<void>(resolve => holder.once('exit', () => resolve()))
    holder.kill('SIGKILL')
    await dead
    acquireLock(place.dir).release()
  })
})

describe('secrets at rest', () => {
  test('open only with their key and in their row', () => {
    const sealed = createSecrets(['one']).seal('hello', 'row')
    expect(createSecrets(['two', 'one']).open(sealed, 'row')).toBe('hello')
    expect(() => createSecrets(['two']).open(sealed, 'row')).toThrow(expect.objectContaining({ code: 'store.wrong_key' }))
    expect(() => createSecrets(['one']).open(sealed, 'other')).toThrow(expect.objectContaining({ code: 'store.wrong_key' }))
  })

  test('never seal the same way twice, and notice a changed byte', () => {
    const secrets = createSecrets(['one'])
    const sealed = secrets.seal('hello', 'row')
    expect(sealed.equals(secrets.seal('hello', 'row'))).toBe(false)
    sealed.writeUInt8(sealed.readUInt8(sealed.length - 1) ^ 1, sealed.length - 1)
    expect(() => secrets.open(sealed, 'row')).toThrow(expect.objectContaining({ code: 'store.wrong_key' }))
  })

  test('use a key file that only its owner can read', async () => {
    const place = await openTestStore()
    const key = readKeyFile(place.dir)
    expect(readKeyFile(place.dir)).toBe(key)
    expect(statSync(join(place.dir, 'secret.key')).mode & 0o777).toBe(0o600)
    await place.end()
    expect(existsSync(place.dir)).toBe(false)
    mkdirSync(place.dir)
    rmSync(place.dir, { recursive: true })
  })
})
