/** What every store must do. A store that cannot do one of these is no store of ours. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type BlockCount, LostRace, type Move, type Queue, type Store, type StoredPath, type Timer } from '../../server/store/index.ts'
import type { TestStore } from '../helpers/stores.ts'
import { connectorRow, contactRow, deliveryRow, eventRow, flowRow, handlingOf, versionRow } from './rows.ts'

/** Runs the contract over a store. */
export function describeStore(name: string, open: () => Promise<TestStore>): void {
  describe(`${name}, as a store`, () => {
    let place: TestStore
    let store: Store
    beforeEach(async () => {
      place = await open()
      store = place.store
    })
    afterEach(() => place.end())

    describe('calls and secrets of flows', () => {
      const call = { method: 'GET', url: ['https://example.com/', { secret: 'key', as: 'url' }], headers: [], timeout_ms: 1000, retries: 0, pick: [] } as const
      const stored = (contact: string, wait: number, asked_at: number) => ({ contact, wait, conversation: 1, call, asked_at })

      test('a call is there until its wait is over, oldest first, also after a restart', async () => {
        await store.commit(store.httpCalls.insert([stored('b', 1, 20), stored('a', 1, 30), stored('a', 2, 10)]))
        await store.commit(store.httpCalls.remove('a', 1))
        store = await place.reopen()
        expect(await store.httpCalls.all()).toEqual([stored('a', 2, 10), stored('b', 1, 20)])
        await store.commit(store.httpCalls.remove('nobody', 7))
      })

      test('a secret is listed without its value, replaced, given other hosts and removed', async () => {
        const secret = { name: 'key', allowed_hosts: ['a.example.com'], created_at: 1, updated_at: 1 }
        await store.commit(store.secrets.save({ ...secret, value: 'hunter2' }))
        expect(await store.secrets.list()).toEqual([secret])
        expect(await store.secrets.values(['key', 'other'])).toEqual([{ ...secret, value: 'hunter2' }])
        await store.commit(store.secrets.save({ ...secret, value: 'hunter3' }))
        await store.commit(store.secrets.setHosts('key', ['b.example.com'], 2))
        expect(await store.secrets.values(['key'])).toEqual([{ ...secret, allowed_hosts: ['b.example.com'], updated_at: 2, value: 'hunter3' }])
        await store.commit(store.secrets.remove('key'))
        expect(await store.secrets.byName('key')).toBeUndefined()
        await expect(store.commit(store.secrets.setHosts('key', [], 3))).rejects.toBeInstanceOf(LostRace)
      })
    })

    describe('commits', () => {
      test('rule 4: all writes happen or none', async () => {
        await store.commit(store.contacts.insert([contactRow('a')]))
        const bad = [...store.events.insert([eventRow('a', 1)]), ...store.contacts.update([contactRow('a', { revision: 9 })])]
        await expect(store.commit(bad)).rejects.toBeInstanceOf(LostRace)
        expect(await store.events.waiting([{ id: 'a', handled_seq: 0 }])).toEqual([])
      })

      test('rule 4: a lost race names the write that lost', async () => {
        await store.commit(store.contacts.insert([contactRow('a')]))
        const writes = [...store.facts.set('x', '1'), ...store.contacts.update([contactRow('a', { revision: 5 })])]
        await expect(store.commit(writes)).rejects.toMatchObject({ name: 'LostRace', index: 1 })
      })

      test('rule 4: an event accepted while another write is being prepared survives that write', async () => {
        await store.commit(store.contacts.insert([contactRow('a')]))
        const administrator = store.contacts.byId(['a'])
        await store.commit(store.events.insert([eventRow('a', 1)]))
        const [read] = await administrator
        if (!read) throw new Error('The contact is gone.')
        const failing = [...store.facts.set('half', 'done'), ...store.contacts.update([{ ...read, revision: 7 }])]
        await expect(store.commit(failing)).rejects.toBeInstanceOf(LostRace)
        expect((await store.events.waiting([{ id: 'a', handled_seq: 0 }])).map(event => event.seq)).toEqual([1])
        expect(await store.facts.get('half')).toBeUndefined()
      })

      test('a key that is taken is a lost race', async () => {
        await store.commit(store.events.insert([eventRow('a', 1)]))
        await expect(store.commit(store.events.insert([eventRow('a', 1)]))).rejects.toBeInstanceOf(LostRace)
        await expect(store.commit(store.events.insert([eventRow('b', 1, { external_id: 'a:1' })]))).rejects.toBeInstanceOf(LostRace)
      })

      test('a statement that the database refuses is a mistake of ours and leaves nothing behind', async () => {
        const writes = [...store.facts.set('half', 'done'), { sql: 'insert into nowhere values (1)', parameters: [] }]
        await expect(store.commit(writes)).rejects.toMatchObject({ name: 'BrokenWrite', index: 1 })
        expect(await store.facts.get('half')).toBeUndefined()
      })

      test('what was committed is there after a restart', async () => {
        await store.commit(store.facts.set('x', '1'))
        store = await place.reopen()
        expect(await store.facts.get('x')).toBe('1')
      })

      test('the store says that it can be used', async () => {
        await expect(store.check()).resolves.toBeUndefined()
      })
    })

    describe('contacts', () => {
      test('come back as they went, with the state of the engine', async () => {
        const contact = contactRow('a', { last_seq: 3, handled_seq: 2, steps: 2, last_now: 77, last_delivery: 4 })
        await store.commit(store.contacts.insert([contact]))
        expect(await store.contacts.byId(['a'])).toEqual([contact])
        expect(await store.contacts.byAddress('c1', ['address-a', 'address-b'])).toEqual([contact])
      })

      test('rule 3: are known by connector and messenger id', async () => {
        await store.commit(store.contacts.insert([contactRow('a', { address: '7' }), contactRow('b', { address: '7', connector: 'c2' })]))
        expect((await store.contacts.byAddress('c2', ['7'])).map(contact => contact.id)).toEqual(['b'])
        await expect(store.commit(store.contacts.insert([contactRow('c', { address: '7' })]))).rejects.toBeInstanceOf(LostRace)
      })

      test('rule 5: are guarded by their revision', async () => {
        await store.commit(store.contacts.insert([contactRow('a')]))
        await store.commit(store.contacts.update([contactRow('a', { revision: 2, steps: 1 })]))
        await expect(store.commit(store.contacts.update([contactRow('a', { revision: 2, steps: 5 })]))).rejects.toBeInstanceOf(LostRace)
        expect((await store.contacts.byId(['a']))[0]?.steps).toBe(1)
      })

      test('with waiting events are found, in pages', async () => {
        const rows = ['a', 'b', 'c'].map(id => contactRow(id, { last_seq: 2, handled_seq: id === 'b' ? 2 : 1 }))
        await store.commit(store.contacts.insert(rows))
        expect((await store.contacts.behind(1, '')).map(contact => contact.id)).toEqual(['a'])
        expect((await store.contacts.behind(10, 'a')).map(contact => contact.id)).toEqual(['c'])
      })

      test('count crashes without a step', async () => {
        await store.commit(store.contacts.insert([contactRow('a')]))
        await store.commit(store.contacts.takeInHand([{ id: 'a', crashes: 1 }]))
        expect((await store.contacts.byId(['a']))[0]).toMatchObject({ crashes: 1, revision: 1 })
      })

      test('rule 39: erasing blanks texts and addresses and keeps structure and hashes', async () => {
        const person = contactRow('a', { last_seq: 1, handled_seq: 1 })
        await store.commit([
          ...store.contacts.insert([person, contactRow('b')]),
          ...store.events.insert([eventRow('a', 1, { handling: handlingOf() }), eventRow('b', 1)]),
          ...store.deliveries.insert([deliveryRow('a', 1, { message: { text: 'Hello Ada', buttons: [{ label: 'Yes', payload: '1:yes' }] } })]),
          ...store.files.insert([
            {
              id: 'f',
              connector: 'c1',
              contact: 'a',
              hash: 'aa',
              size: 2,
              mime: 'text/plain',
              name: 'ada.txt',
              status: 'stored',
              ref: null,
              attempts: 0,
              retry_at: null,
              problem: null,
              created_at: 1,
            },
          ]),
        ])
        await store.commit(await store.contacts.erase('a', 50))
        const everything = JSON.stringify([
          await store.contacts.byId(['a']),
          await store.events.ofConversation('a', 1),
          await store.deliveries.ofConversation('a', 1),
          await store.files.ofContact('a'),
        ])
        expect(everything).not.toMatch(/Ada|ada|text 1|address-a/)
        const [event] = await store.events.ofConversation('a', 1)
        expect(event).toMatchObject({ seq: 1, event: { type: 'message_received' }, handling: { hash: 'h1', trace: [{ block: 'hello', exit: 'next' }] } })
        const [delivery] = await store.deliveries.ofConversation('a', 1)
        expect(delivery).toMatchObject({ status: 'failed', message: { text: '', buttons: [{ label: '', payload: '' }] } })
        expect((await store.contacts.byId(['a']))[0]).toMatchObject({ erased_at: 50, conversation: { owner: 'nobody', session: null } })
        expect((await store.contacts.byId(['b']))[0]?.conversation.contact.name).toBe('Ada')
      })
    })

    describe('events', () => {
      test('wait until they are handled, in the order they were accepted', async () => {
        await store.commit(store.events.insert([eventRow('a', 2), eventRow('a', 1), eventRow('b', 1, { handling: handlingOf() })]))
        expect((await store.events.waiting(['a', 'b'].map(id => ({ id, handled_seq: 0 })))).map(event => event.seq)).toEqual([1, 2])
        expect(await store.events.depth()).toEqual({ waiting: 2, oldest_at: 1 })
        await store.commit(store.events.handle([{ contact: 'a', seq: 1, handling: handlingOf({ step: 4 }) }]))
        expect((await store.events.waiting([{ id: 'a', handled_seq: 0 }])).map(event => event.seq)).toEqual([2])
      })

      test('rule 38: keep with how they were handled what a repetition needs', async () => {
        const handling = handlingOf({ now: 1234, hash: 'abc', release: '1.2.3', error: 'It broke.' })
        await store.commit(store.events.insert([eventRow('a', 1, { handling })]))
        expect((await store.events.ofConversation('a', 1))[0]?.handling).toEqual(handling)
      })

      test('are handled once', async () => {
        await store.commit(store.events.insert([eventRow('a', 1)]))
        const handle = () => store.events.handle([{ contact: 'a', seq: 1, handling: handlingOf() }])
        await store.commit(handle())
        await expect(store.commit(handle())).rejects.toBeInstanceOf(LostRace)
      })

      test('are known by connector and external id', async () => {
        await store.commit(store.events.insert([eventRow('a', 1), eventRow('a', 2, { external_id: null })]))
        expect([...(await store.events.seen('c1', ['a:1', 'x']))]).toEqual(['a:1'])
        expect([...(await store.events.seen('c2', ['a:1']))]).toEqual([])
      })

      test('of a conversation come in the order they were handled', async () => {
        await store.commit(
          store.events.insert([
            eventRow('a', 1, { handling: handlingOf({ step: 2 }) }),
            eventRow('a', 2, { handling: handlingOf({ step: 1 }) }),
            eventRow('a', 3),
            eventRow('a', 4, { handling: handlingOf({ step: 3, conversation: 2 }) }),
          ]),
        )
        expect((await store.events.ofConversation('a', 1)).map(event => event.seq)).toEqual([2, 1, 3])
      })
    })

    describe('deliveries', () => {
      test('come back as they went and leave the outbox when they are settled', async () => {
        const first = deliveryRow('a', 1)
        await store.commit(store.deliveries.insert([first, deliveryRow('a', 2), deliveryRow('b', 1)]))
        expect(await store.deliveries.byId('a', 1)).toEqual(first)
        await store.commit([
          ...store.deliveries.sent([{ contact: 'a', n: 1, vendor_id: 'v1', sent_at: 5, attempts: 1 }]),
          ...store.deliveries.failed([{ contact: 'b', n: 1, failure: { code: 'send.gone', message: 'Gone.', level: 'contact' }, attempts: 2 }]),
        ])
        expect((await store.deliveries.queued({ contact: '', n: 0 }, 10)).map(row => [row.contact, row.n])).toEqual([['a', 2]])
        expect((await store.deliveries.queuedOf(['a', 'b'])).map(row => row.n)).toEqual([2])
        expect(await store.deliveries.byId('b', 1)).toMatchObject({ status: 'failed', failure: { code: 'send.gone', level: 'contact' } })
      })

      test('are sent once', async () => {
        await store.commit(store.deliveries.insert([deliveryRow('a', 1)]))
        const sent = () => store.deliveries.sent([{ contact: 'a', n: 1, vendor_id: 'v1', sent_at: 5, attempts: 1 }])
        await store.commit(sent())
        await expect(store.commit(sent())).rejects.toBeInstanceOf(LostRace)
      })

      test('that are postponed stay queued with their reason', async () => {
        await store.commit(store.deliveries.insert([deliveryRow('a', 1)]))
        const failure = { code: 'send.busy', message: 'Busy.', level: 'message' as const }
        await store.commit(store.deliveries.postpone([{ contact: 'a', n: 1, attempts: 3, retry_at: 99, failure }]))
        expect(await store.deliveries.byId('a', 1)).toMatchObject({ status: 'queued', attempts: 3, retry_at: 99, failure })
      })

      test('are listed by status in pages, newest first', async () => {
        const rows = [1, 2, 3, 4].map(n => deliveryRow('a', n, { decided_at: n < 3 ? 1 : n, status: n === 4 ? 'sent' : 'failed' }))
        await store.commit(store.deliveries.insert(rows))
        const first = await store.deliveries.list({ status: 'failed' }, { limit: 2 })
        expect(first.rows.map(row => row.n)).toEqual([3, 2])
        const second = await store.deliveries.list({ status: 'failed' }, { limit: 2, cursor: first.next ?? '' })
        expect(second.rows.map(row => row.n)).toEqual([1])
        expect(second.next).toBeNull()
      })

      test('a cursor that is not ours is refused', async () => {
        await expect(store.deliveries.list({}, { limit: 2, cursor: 'nonsense' })).rejects.toMatchObject({ code: 'store.bad_cursor' })
      })
    })

    describe('timers', () => {
      const timer = (changes: Partial<Timer>): Timer => ({
        contact: 'a',
        name: 'wait',
        slot: 0,
        wait: 1,
        due_at: 100,
        delay_ms: 50,
        after_delivery: null,
        remaining_ms: null,
        ...changes,
      })

      test('replace one of the same name and slot', async () => {
        await store.commit(store.timers.save([timer({}), timer({ name: 'expiry', due_at: 70 })]))
        await store.commit(store.timers.save([timer({ wait: 2, due_at: 200 })]))
        expect((await store.timers.due(0, 1000)).map(row => [row.name, row.wait])).toEqual([
          ['expiry', 1],
          ['wait', 2],
        ])
      })

      test('that are held or paused are not due', async () => {
        await store.commit(store.timers.save([timer({ due_at: null, after_delivery: 3 }), timer({ slot: 1, due_at: null, remaining_ms: 5 })]))
        expect(await store.timers.due(0, 1e12)).toEqual([])
        expect(await store.timers.of(['a'])).toHaveLength(2)
        await store.commit(store.timers.removeAll(['a']))
        expect(await store.timers.of(['a'])).toEqual([])
      })
    })

    describe('conversations', () => {
      test('are listed newest first by what is asked for, in pages', async () => {
        const row = (number: number, contact: string, owner: 'flow' | 'queue') => ({
          id: `${contact}-${number}`,
          contact,
          connector: 'c1',
          number,
          owner,
          flow: 'support',
          version: 1,
          block: 'ask',
          queue: null,
          agent: { id: 'g', name: 'Grace' },
          outcome: null,
          opened_at: number,
          last_message_at: number,
          closed_at: null,
        })
        await store.commit(store.conversations.save([row(1, 'a', 'flow'), row(2, 'a', 'queue'), row(3, 'b', 'flow')]))
        const first = await store.conversations.list({ owner: 'flow' }, { limit: 1 })
        expect(first.rows.map(({ id }) => id)).toEqual(['b-3'])
        const second = await store.conversations.list({ owner: 'flow' }, { limit: 1, cursor: first.next ?? '' })
        expect(second).toMatchObject({ rows: [{ id: 'a-1', agent: { name: 'Grace' } }], next: null })
        expect((await store.conversations.list({ contact: 'a' }, { limit: 10 })).rows).toHaveLength(2)
        expect((await store.conversations.byId('a-2'))?.owner).toBe('queue')
        expect(await store.conversations.countOpen('support')).toContainEqual({ version: 1, owner: 'flow', block: 'ask', count: 2 })
        expect(await store.conversations.countOpen('other')).toEqual([])
      })

      test('open ones on older versions are read page by page, newest first', async () => {
        const row = (number: number, version: number | null, owner: 'flow' | 'queue' | 'nobody' = 'flow') => ({
          id: `a-${number}`,
          contact: 'a',
          connector: 'c1',
          number,
          owner,
          flow: 'support',
          version,
          block: 'ask',
          queue: null,
          agent: null,
          outcome: null,
          opened_at: number,
          last_message_at: number,
          closed_at: null,
        })
        const rows = [row(1, 1), row(2, 2, 'queue'), row(3, 3), row(4, 1, 'nobody'), row(5, null), row(6, 2)]
        await store.commit(store.conversations.save(rows))
        const first = await store.conversations.openBelow('support', 3, { limit: 2 })
        expect(first.rows.map(({ id }) => id)).toEqual(['a-6', 'a-2'])
        const second = await store.conversations.openBelow('support', 3, { limit: 2, cursor: first.next ?? '' })
        expect({ ids: second.rows.map(({ id }) => id), next: second.next }).toEqual({ ids: ['a-1'], next: null })
        expect((await store.conversations.openBelow('other', 3, { limit: 2 })).rows).toEqual([])
      })
    })

    describe('moves', () => {
      const move = (id: string, created_at: number, changes: Partial<Move> = {}): Move => ({
        id,
        flow: 'support',
        version: 2,
        choices: { ask: 'move', wait: 'restart' },
        author: 'Olga',
        total: 3,
        moved: 0,
        restarted: 0,
        stayed: 0,
        created_at,
        finished_at: null,
        ...changes,
      })

      test('come one after the other, oldest first, until each is finished', async () => {
        await store.commit([...store.moves.insert(move('m2', 2)), ...store.moves.insert(move('m1', 1))])
        expect(await store.moves.next()).toEqual({ move: move('m1', 1), cursor: null })
        await store.commit([...store.moves.count('m1', 'move'), ...store.moves.count('m1', 'move'), ...store.moves.count('m1', 'restart')])
        await store.commit(store.moves.proceed('m1', { stayed: 2, cursor: 'next', at: 9 }))
        expect(await store.moves.next()).toEqual({ move: move('m1', 1, { moved: 2, restarted: 1, stayed: 2 }), cursor: 'next' })
        await store.commit(store.moves.proceed('m1', { stayed: 1, cursor: null, at: 9 }))
        expect(await store.moves.next()).toEqual({ move: move('m2', 2), cursor: null })
        expect((await store.moves.ofFlow('support', { limit: 5 })).rows).toEqual([
          move('m2', 2),
          move('m1', 1, { moved: 2, restarted: 1, stayed: 3, finished_at: 9 }),
        ])
      })

      test('of a flow are read page by page', async () => {
        await store.commit([move('m1', 1), move('m2', 2), move('m3', 3, { flow: 'other' })].flatMap(one => store.moves.insert(one)))
        const first = await store.moves.ofFlow('support', { limit: 1 })
        expect(first.rows.map(({ id }) => id)).toEqual(['m2'])
        expect(await store.moves.ofFlow('support', { limit: 1, cursor: first.next ?? '' })).toMatchObject({ rows: [{ id: 'm1' }], next: null })
      })
    })

    describe('flows and versions', () => {
      test('a draft is saved only on the revision it was read at', async () => {
        await store.commit(store.flows.insert(flowRow()))
        const draft = { id: 'support', name: 'Support', draft: '{"a":1}', updated_at: 2 }
        await store.commit(store.flows.saveDraft(draft, 1))
        await expect(store.commit(store.flows.saveDraft(draft, 1))).rejects.toBeInstanceOf(LostRace)
        expect(await store.flows.byId('support')).toMatchObject({ draft: '{"a":1}', draft_revision: 2 })
      })

      test('versions are immutable and the live one is found', async () => {
        await store.commit([
          ...store.flows.insert(flowRow()),
          ...store.flows.insertVersion(versionRow()),
          ...store.flows.insertVersion(versionRow({ version: 2 })),
        ])
        await store.commit(store.flows.setLive('support', 2, 9))
        await expect(store.commit(store.flows.insertVersion(versionRow({ file: 'other' })))).rejects.toBeInstanceOf(LostRace)
        expect((await store.flows.liveVersions()).map(version => version.version)).toEqual([2])
        const found = await store.flows.versionsByNumber([
          { flow: 'support', version: 1 },
          { flow: 'gone', version: 1 },
        ])
        expect(found.map(version => version.version)).toEqual([1])
      })
    })

    describe('flow tests', () => {
      test('are saved only on the revision they were read at', async () => {
        expect(await store.flowTests.byFlow('support')).toBeUndefined()
        await store.commit(store.flowTests.insert({ flow: 'support', file: '{}', revision: 1, updated_at: 1 }))
        const file = { flow: 'support', file: '{"a":1}', updated_at: 2 }
        await store.commit(store.flowTests.save(file, 1))
        await expect(store.commit(store.flowTests.save(file, 1))).rejects.toBeInstanceOf(LostRace)
        await expect(store.commit(store.flowTests.insert({ ...file, revision: 1 }))).rejects.toBeInstanceOf(LostRace)
        expect(await store.flowTests.byFlow('support')).toEqual({ ...file, revision: 2 })
      })
    })

    describe('connectors', () => {
      test('come back with their secrets, which are not readable in the row', async () => {
        const connector = connectorRow({ rate: { per_second: 1, burst: 1, per_contact: 1, per_contact_burst: 1 } })
        await store.commit(store.connectors.insert(connector))
        expect(await store.connectors.byId('c1')).toEqual(connector)
      })

      test('rule 32: one enabled connector per vendor account', async () => {
        await store.commit(store.connectors.insert(connectorRow()))
        await expect(store.commit(store.connectors.insert(connectorRow({ id: 'c2' })))).rejects.toBeInstanceOf(LostRace)
        await store.commit(store.connectors.insert(connectorRow({ id: 'c2', enabled: false })))
        await store.commit(store.connectors.remove('c1', 5))
        await store.commit(store.connectors.update(connectorRow({ id: 'c2', enabled: true })))
        expect((await store.connectors.list()).map(connector => connector.id)).toEqual(['c2'])
      })

      test('rule 6: a pause is stored', async () => {
        await store.commit(store.connectors.insert(connectorRow()))
        await store.commit([...store.connectors.setPause('c1', 500), ...store.connectors.setProblem('c1', { code: 'send.bad_token', message: 'No.', at: 4 })])
        expect(await store.connectors.byId('c1')).toMatchObject({ paused_until: 500, problem: { code: 'send.bad_token' } })
      })
    })

    describe('queues', () => {
      test('rule 24: default exists from the first start and cannot be deleted', async () => {
        expect(await store.queues.bySlug('default')).toMatchObject({ slug: 'default', staffing: 'ignore' })
        expect(() => store.queues.remove('default')).toThrow(expect.objectContaining({ code: 'queue.default' }))
      })

      test('are saved and removed, and keep their places', async () => {
        const queue: Queue = {
          slug: 'sales',
          title: 'Sales',
          hours: { time_zone: 'UTC', week: { mon: [['09:00', '17:00']] } },
          max_size: 3,
          max_wait_ms: 5,
          staffing: 'required',
          created_at: 1,
          updated_at: 1,
        }
        await store.commit(store.queues.save(queue))
        expect(await store.queues.bySlug('sales')).toEqual(queue)
        const spot = {
          contact: 'a',
          connector: 'c1',
          queue: 'sales',
          conversation: 1,
          wait: 2,
          priority: 0,
          since: 5,
          front: true,
          forced: false,
          status: 'joining' as const,
        }
        await store.commit(store.places.save([spot]))
        await store.commit(store.places.save([{ ...spot, status: 'waiting' }]))
        expect(await store.places.all()).toEqual([{ ...spot, status: 'waiting' }])
        await store.commit([...store.places.remove(['a']), ...store.queues.remove('sales')])
        expect(await store.places.all()).toEqual([])
      })
    })

    describe('users', () => {
      const user = {
        id: 'u',
        name: 'Ada',
        email: 'ada@example.com',
        role: 'editor',
        active: true,
        hasPassword: false,
        link_hash: 'hash',
        link_expires_at: 9,
        last_seen_at: null,
        created_at: 1,
        updated_at: 1,
      }
      const credentials = (id: string) =>
        store.signInRows.find('credentials', [{ column: 'user_id', comparison: 'eq', value: id, either: false }], { limit: 9 })

      test('are found by id, e-mail and link', async () => {
        expect(await store.users.hasAny()).toBe(false)
        await store.commit(store.users.insert(user))
        expect(await store.users.hasAny()).toBe(true)
        expect(await store.users.byId('u')).toEqual(user)
        expect(await store.users.byEmail('ADA@example.com')).toEqual(user)
        expect(await store.users.byLink('hash')).toEqual(user)
        expect(await store.users.byLink('other')).toBeUndefined()
        expect(await store.users.list()).toEqual([user])
      })

      test('an e-mail is taken once', async () => {
        await store.commit(store.users.insert(user))
        await expect(store.commit(store.users.insert({ ...user, id: 'v', link_hash: null }))).rejects.toBeInstanceOf(LostRace)
      })

      test('a new password replaces the old one', async () => {
        await store.commit([...store.users.insert(user), ...store.users.setPassword({ id: 'a', user: 'u', hash: 'one', at: 2 })])
        await store.commit(store.users.setPassword({ id: 'b', user: 'u', hash: 'two', at: 3 }))
        expect(await credentials('u')).toMatchObject([{ id: 'a', password: 'two', updated_at: 3 }])
        expect((await store.users.byId('u'))?.hasPassword).toBe(true)
      })

      test('removing one takes password and sign-ins along', async () => {
        const signIn = { id: 's', token: 't', user_id: 'u', expires_at: 9, ip_address: '', user_agent: null, created_at: 1, updated_at: 1 }
        await store.commit([...store.users.insert(user), ...store.users.setPassword({ id: 'a', user: 'u', hash: 'one', at: 2 })])
        await store.commit(store.signInRows.insert('sign_ins', signIn))
        await store.commit(store.users.remove('u'))
        expect(await store.users.list()).toEqual([])
        expect(await credentials('u')).toEqual([])
        expect(await store.signInRows.find('sign_ins', [], { limit: 9 })).toEqual([])
      })

      test('a fact is taken away once, and only as it is known', async () => {
        await store.commit(store.facts.set('link', 'hash'))
        await expect(store.commit(store.facts.remove('link', 'other'))).rejects.toBeInstanceOf(LostRace)
        await store.commit(store.facts.remove('link', 'hash'))
        expect(await store.facts.get('link')).toBeUndefined()
      })

      test('rows of the sign-in library are found by any condition it makes', async () => {
        const rows = [1, 2, 3].map(n => ({
          id: `${n}`,
          token: `t${n}`,
          user_id: 'u',
          expires_at: n,
          ip_address: n === 2 ? null : '',
          user_agent: null,
          created_at: n,
          updated_at: n,
        }))
        await store.commit(rows.flatMap(row => store.signInRows.insert('sign_ins', row)))
        const found = async (...conditions: Parameters<Store['signInRows']['find']>[1][number][]) =>
          (await store.signInRows.find('sign_ins', conditions, { limit: 9, order: { column: 'expires_at', direction: 'asc' } })).map(row => row.id)
        const has = (column: string, comparison: 'eq' | 'ne' | 'lt' | 'gte' | 'in', value: string | number | null | string[], either = false) => ({
          column,
          comparison,
          value,
          either,
        })
        expect(await found(has('expires_at', 'gte', 2))).toEqual(['2', '3'])
        expect(await found(has('ip_address', 'eq', null))).toEqual(['2'])
        expect(await found(has('ip_address', 'ne', null))).toEqual(['1', '3'])
        expect(await found(has('token', 'in', ['t1', 't3']))).toEqual(['1', '3'])
        expect(await found(has('user_id', 'eq', 'u'), has('id', 'eq', '1', true), has('expires_at', 'lt', 3, true))).toEqual(['1', '2'])
        await store.commit(store.signInRows.update('sign_ins', [has('id', 'eq', '2')], { expires_at: 8 }))
        await store.commit(store.signInRows.remove('sign_ins', [has('expires_at', 'lt', 4)]))
        expect(await found()).toEqual(['2'])
      })
    })

    describe('the rest', () => {
      test('kept aside entries, keys and the audit are listed', async () => {
        const entry = { connector: 'c1', channel: 'telegram', account: null, reason: 'group_chat', message: 'A group.', body: '{}' }
        await store.commit([
          ...store.keptAside.insert([
            { ...entry, id: 'k1', received_at: 1 },
            { ...entry, id: 'k2', received_at: 2 },
          ]),
          ...store.apiKeys.insert({ id: 'p', name: 'CI', hash: 'hh', scopes: ['all'], created_at: 1, last_used_at: null, revoked_at: null }),
          ...store.audit.insert([{ id: 'u', at: 1, actor: 'CI', action: 'publish', target: 'support', details: { version: 1 } }]),
        ])
        const first = await store.keptAside.list({ limit: 1 })
        expect(first.rows.map(row => row.id)).toEqual(['k2'])
        expect((await store.keptAside.list({ limit: 1, cursor: first.next ?? '' })).rows.map(row => row.id)).toEqual(['k1'])
        expect(await store.apiKeys.byHash('hh')).toMatchObject({ name: 'CI', scopes: ['all'] })
        await store.commit(store.apiKeys.revoke('p', 9))
        expect((await store.apiKeys.list())[0]?.revoked_at).toBe(9)
        expect((await store.audit.list({ limit: 5 })).rows[0]?.details).toEqual({ version: 1 })
      })

      test('files come back with the vendor handle until they are fetched', async () => {
        const file = { connector: 'c1', contact: 'a', hash: null, size: null, mime: null, name: null, attempts: 0, problem: null, created_at: 1 }
        await store.commit(store.files.insert([{ ...file, id: 'f1', status: 'fetching', ref: 'handle', retry_at: 5 }]))
        expect(await store.files.fetching(10)).toMatchObject([{ id: 'f1', ref: 'handle' }])
        await store.commit(store.files.update([{ ...file, id: 'f1', status: 'stored', ref: null, retry_at: null, hash: 'aa', size: 3, mime: 'image/png' }]))
        expect(await store.files.fetching(10)).toEqual([])
        expect(await store.files.byId(['f1'])).toMatchObject([{ hash: 'aa', status: 'stored' }])
        expect([...(await store.files.used(['aa', 'bb']))]).toEqual(['aa'])
      })
    })

    describe('paths and counts', () => {
      const path = (contact: string, changes: Partial<StoredPath> = {}): StoredPath => ({
        contact,
        conversation: 1,
        step: 2,
        seq: 2,
        flow: 'support',
        version: 1,
        hash: 'h1',
        waits: { flow: 'support', version: 1, block: 'menu' },
        passes: { 'support 1 came menu ': 600_000 },
        ...changes,
      })
      const count = (changes: Partial<BlockCount> = {}): BlockCount => ({
        flow: 'support',
        version: 1,
        span: 600_000,
        at: 600_000,
        counted: 'came',
        block: 'menu',
        exit: '',
        count: 1,
        ...changes,
      })

      test('paths come back as they went and are guarded by their step', async () => {
        await store.commit(store.paths.save(path('a'), null))
        expect(await store.paths.of(['a', 'b'])).toEqual([path('a')])
        await store.commit(store.paths.save(path('a', { step: 3, waits: null }), 2))
        expect(await store.paths.of(['a'])).toEqual([path('a', { step: 3, waits: null })])
        await expect(store.commit(store.paths.save(path('a', { step: 4 }), 2))).rejects.toBeInstanceOf(LostRace)
        await expect(store.commit(store.paths.save(path('a'), null))).rejects.toBeInstanceOf(LostRace)
      })

      test('contacts whose path is behind are found in pages of those looked at', async () => {
        await store.commit([
          ...store.contacts.insert(['a', 'b', 'c'].map(id => contactRow(id, { steps: id === 'c' ? 0 : 2 }))),
          ...store.paths.save(path('a'), null),
        ])
        expect(await store.paths.behind('', 2)).toEqual({ contacts: ['b'], next: 'b' })
        expect(await store.paths.behind('b', 2)).toEqual({ contacts: [], next: null })
      })

      test('handled events after a path come in the order of handling', async () => {
        const handled = [2, 1, 3].map((step, index) => eventRow('a', index + 1, { handling: handlingOf({ step }) }))
        await store.commit(store.events.insert([...handled, eventRow('a', 4), eventRow('b', 1, { handling: handlingOf() })]))
        const { now, hash, conversation, trace } = handlingOf()
        expect(await store.paths.stepsAfter(path('a', { seq: 0, step: 1 }), 10)).toEqual([2, 3].map(step => ({ step, now, hash, conversation, trace })))
        expect((await store.paths.stepsAfter(path('a', { seq: 0, step: 0 }), 2)).map(({ step }) => step)).toEqual([1, 2])
      })

      test('who waits now is counted by version and block', async () => {
        const waits = { flow: 'support', version: 2, block: 'ask' }
        const others = [path('b'), path('c', { waits }), path('d', { waits: null }), path('e', { waits: { ...waits, flow: 'other' } })]
        await store.commit([path('a'), ...others].flatMap(one => store.paths.save(one, null)))
        expect(await store.paths.waiting('support')).toEqual([
          { version: 1, block: 'menu', count: 2 },
          { version: 2, block: 'ask', count: 1 },
        ])
      })

      test('versions are named by hash and by flow', async () => {
        await store.commit([...store.flows.insertVersion(versionRow()), ...store.flows.insertVersion(versionRow({ flow: 'other', hash: 'h2' }))])
        const names = (rows: readonly { flow: string }[]) => rows.map(({ flow }) => flow)
        expect(names(await store.paths.versionNames({ hashes: ['h1'], flows: [] }))).toEqual(['support'])
        expect(names(await store.paths.versionNames({ hashes: [], flows: ['other'] }))).toEqual(['other'])
        expect(await store.paths.versionNames({ hashes: [], flows: [] })).toEqual([])
      })

      test('counts are added up from a time on and removed before one', async () => {
        const sum = (since: number, version = 1) => store.blockCounts.sum({ flow: 'support', version, span: 600_000, since })
        await store.commit(
          store.blockCounts.add([
            count({ span: 3_600_000, count: 100 }),
            count(),
            count(),
            count({ at: 1_200_000, count: 5 }),
            count({ block: 'ask' }),
            count({ block: 'ask', count: -1 }),
          ]),
        )
        expect(await sum(0)).toEqual([{ counted: 'came', block: 'menu', exit: '', count: 7 }])
        expect((await sum(700_000)).map(row => row.count)).toEqual([5])
        expect(await sum(0, 2)).toEqual([])
        await store.commit(store.blockCounts.removeBefore(600_000, 1_200_000))
        expect((await sum(0)).map(row => row.count)).toEqual([5])
      })
    })
  })
}
