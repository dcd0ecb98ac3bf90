import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { createQueues } from '../../../server/desk/index.ts'
import { advance, type Flow, printFlow, safetyNet } from '../../../server/engine/index.ts'
import { createRuntime, type HttpSender, type Runtime } from '../../../server/runtime/index.ts'
import { until } from '../../helpers/crash/until.ts'
import { answerJson, type FakeApi, type HeardCall, startFakeApi } from '../../helpers/fake-api.ts'
import { openTestStore, type TestStore } from '../../helpers/stores.ts'
import { connectorRow, flowRow, versionRow } from '../../store/rows.ts'
import { createTestChannel, says } from '../world.ts'

const undo: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

/** Asks for an order, calls an API with it, says what came. */
const shop = (url: string, settings: object = {}): Flow => ({
  format: 1,
  id: 'shop',
  name: 'Shop',
  languages: ['en'],
  variables: { state: { type: 'text' } },
  blocks: {
    start: { type: 'start', exits: { next: 'call' } },
    call: {
      type: 'http',
      url,
      save: [{ path: 'state', variable: 'state' }],
      ...settings,
      exits: { success: 'say', refused: 'no', error: 'broken', timeout: 'late' },
    },
    say: { type: 'message', text: 'It is {{ vars.state }}.', exits: { next: 'ear' } },
    no: { type: 'message', text: 'There is no such order.', exits: { next: 'ear' } },
    broken: { type: 'message', text: 'The shop is broken.', exits: { next: 'ear' } },
    late: { type: 'message', text: 'The shop is slow.', exits: { next: 'ear' } },
    ear: { type: 'listen', exits: { message: 'ear' } },
  },
})

interface Open {
  readonly runtime: Runtime
  readonly place: TestStore
  readonly logged: unknown[]
  texts(): readonly (string | undefined)[]
  write(text: string): Promise<void>
  /** Ends the process without a word, and starts another on the same data. */
  crash(): Promise<Open>
}

async function open(flow: Flow, options: { readonly allow?: readonly string[]; readonly sender?: HttpSender; readonly place?: TestStore } = {}): Promise<Open> {
  const place = options.place ?? (await openTestStore())
  const { store } = place
  if (!options.place) {
    undo.push(() => place.end())
    await store.commit([
      ...store.connectors.insert(connectorRow({ flow: flow.id, account_id: null })),
      ...store.flows.insert(flowRow({ id: flow.id, name: flow.name, draft: printFlow(flow) })),
      ...store.flows.insertVersion(versionRow({ flow: flow.id, file: printFlow(flow), hash: 'h' })),
      ...store.flows.setLive(flow.id, 1, 1),
    ])
  }
  const channel = createTestChannel()
  const logged: unknown[] = []
  const note = (facts: object, message: string) => void logged.push(facts, message)
  const log = { info: note, warn: note, error: note }
  const queues = createQueues({ store, log, now: Date.now })
  await queues.load()
  const runtime = createRuntime({
    store,
    channels: [channel],
    advance,
    safetyNet,
    queueEffects: queues.effects,
    log,
    dir: place.dir,
    signingKey: 'signing',
    publicUrl: () => 'https://parley.example',
    release: 'test',
    random: () => 0,
    limits: { timer_grace_ms: 0, commit_patience_ms: 0 },
    httpAllow: options.allow ?? ['127.0.0.1'],
    ...(options.sender ? { httpSender: options.sender } : {}),
  })
  await runtime.start()
  queues.start(runtime.acceptInternal)
  let isOver = false
  undo.push(async () => {
    if (!isOver) await runtime.stop()
  })
  return {
    runtime,
    place,
    logged,
    texts: () => channel.sent.map(({ message }) => message.text),
    write: text => runtime.accept('c1', [says('ana', `ana-${Math.random()}`, text, { at: Date.now() })]),
    crash: async () => {
      isOver = true
      await place.reopen()
      return open(flow, { ...options, place })
    },
  }
}

async function api(answer: (call: HeardCall, response: ServerResponse) => void): Promise<FakeApi> {
  const started = await startFakeApi(answer)
  undo.push(started.close)
  return started
}

const said = (world: Open, text: string) => until(`“${text}” is said`, () => world.texts().includes(text))

describe('a call', () => {
  test('goes out with the step, and its answer moves the flow on', async () => {
    const { root, heard } = await api((_call, response) => answerJson(response, { state: 'on its way' }))
    const world = await open(shop(`${root}/orders/{{ message.text }}`))
    await world.write('4 8')
    await said(world, 'It is on its way.')
    expect(heard.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /orders/4%208'])
    expect(await world.place.store.httpCalls.all()).toEqual([])
    expect(await world.runtime.metrics.registry.metrics()).toContain('parley_http_calls_total{outcome="2xx"} 1')
  })

  test('rule 38: the event keeps what was wanted of the answer, and nothing else', async () => {
    const { root } = await api((_call, response) => answerJson(response, { state: 'sent', card: '4111' }))
    const world = await open(shop(root))
    await world.write('48')
    await said(world, 'It is sent.')
    const [contact] = await world.place.store.contacts.byAddress('c1', ['ana'])
    const log = await world.place.store.events.ofConversation(contact?.id ?? '', 1)
    expect(log.map(({ event }) => event)).toContainEqual({ type: 'http_answered', wait: 1, answer: { status: 200, values: { state: 'sent' } } })
  })

  test.each([
    [404, 'There is no such order.'],
    [500, 'The shop is broken.'],
  ])('%d goes where it belongs', async (status, text) => {
    const { root } = await api((_call, response) => answerJson(response, {}, status))
    const world = await open(shop(root))
    await world.write('48')
    await said(world, text)
  })

  test('a busy API is asked again, with the same key, as often as the block says', async () => {
    let left = 2
    const { root, heard } = await api((_call, response) => (left-- > 0 ? answerJson(response, {}, 503) : answerJson(response, { state: 'fine' })))
    const world = await open(shop(root))
    await world.write('48')
    await said(world, 'It is fine.')
    const keys = heard.map(({ headers }) => headers['idempotency-key'])
    expect(keys).toHaveLength(3)
    expect(new Set(keys).size).toBe(1)
    expect(String(keys[0])).toMatch(/-1-1$/)
  })

  test('POST is sent once', async () => {
    const { root, heard } = await api((_call, response) => answerJson(response, {}, 503))
    const world = await open(shop(root, { method: 'POST', body: '{ "said": "{{ message.text }}" }' }))
    await world.write('48')
    await said(world, 'The shop is broken.')
    expect(heard.map(({ body }) => body)).toEqual(['{"said":"48"}'])
  })

  test('an API that is silent is broken off when the time is up', async () => {
    let isClosed = false
    const { root } = await api((_call, response) => {
      response.on('close', () => {
        isClosed = true
      })
    })
    const world = await open(shop(root, { timeout: '1 s' }))
    await world.write('48')
    await said(world, 'The shop is slow.')
    await until('the connection is closed', () => isClosed)
    expect(await world.place.store.httpCalls.all()).toEqual([])
  })

  test('a call whose conversation is closed is broken off', async () => {
    let isClosed = false
    const { root, heard } = await api((_call, response) => {
      response.on('close', () => {
        isClosed = true
      })
    })
    const world = await open(shop(root))
    await world.write('48')
    await until('the call is out', () => heard.length === 1)
    const [contact] = await world.place.store.contacts.byAddress('c1', ['ana'])
    await world.runtime.acceptInternal(contact?.id ?? '', { type: 'conversation_closed', by: 'Olga' })
    await until('the connection is closed', () => isClosed)
    expect(await world.place.store.httpCalls.all()).toEqual([])
  })

  test('a private address is not called, and the log does not say what was asked', async () => {
    const { root, heard } = await api((_call, response) => answerJson(response, {}))
    const world = await open(shop(`${root}/orders/{{ message.text }}`), { allow: [] })
    await world.write('my-private-number')
    await said(world, 'The shop is broken.')
    expect(heard).toEqual([])
    expect(JSON.stringify(world.logged)).not.toContain('my-private-number')
    expect(JSON.stringify(world.logged)).toContain('blocked')
  })

  test('erasing a contact forgets a call that waits', async () => {
    const { root, heard } = await api(() => {})
    const world = await open(shop(root))
    await world.write('48')
    await until('the call is out', () => heard.length === 1)
    const [contact] = await world.place.store.contacts.byAddress('c1', ['ana'])
    await world.runtime.erase(contact?.id ?? '')
    expect(await world.place.store.httpCalls.all()).toEqual([])
  })
})

describe('after a crash', () => {
  test('a call without an answer is made again with the same key', async () => {
    let isUp = false
    const { root, heard } = await api((_call, response) => {
      if (isUp) answerJson(response, { state: 'sent' })
    })
    const world = await open(shop(root))
    await world.write('48')
    await until('the call is out', () => heard.length === 1)
    isUp = true
    const next = await world.crash()
    await said(next, 'It is sent.')
    expect(heard).toHaveLength(2)
    expect(heard[1]?.headers['idempotency-key']).toBe(heard[0]?.headers['idempotency-key'])
  })
})

describe('secrets', () => {
  const flow = (root: string) =>
    shop(`${root}/?key={{ secrets.shop_key }}`, {
      method: 'POST',
      headers: [{ name: 'Authorization', value: 'Bearer {{ secrets.shop_key }}' }],
      body: '{ "key": "{{ secrets.shop_key }}" }',
    })
  const VALUE = 'hunter2 "&/'

  async function withSecret(root: string, allowed_hosts: readonly string[], allow?: readonly string[]): Promise<Open> {
    const world = await open(flow(root), allow ? { allow } : {})
    const { store } = world.place
    await store.commit(store.secrets.save({ name: 'shop_key', value: VALUE, allowed_hosts, created_at: 1, updated_at: 1 }))
    await world.write('48')
    return world
  }

  test('are filled in where the call names them, written as the place needs it', async () => {
    const { root, heard } = await api((_call, response) => answerJson(response, { state: 'sent' }))
    const world = await withSecret(root, ['127.0.0.1'])
    await said(world, 'It is sent.')
    expect(heard[0]?.path).toBe(`/?key=${encodeURIComponent(VALUE)}`)
    expect(heard[0]?.headers.authorization).toBe(`Bearer ${VALUE}`)
    expect(JSON.parse(heard[0]?.body ?? '')).toEqual({ key: VALUE })
  })

  test('are in no row and in no line of the log', async () => {
    const { root, heard } = await api(() => {})
    const world = await withSecret(root, ['127.0.0.1'])
    await until('the call is out', () => heard.length === 1)
    const rows = JSON.stringify(await world.place.store.httpCalls.all())
    expect(rows).toContain('shop_key')
    expect(rows + JSON.stringify(world.logged)).not.toContain('hunter2')
  })

  test('go to no other host than theirs', async () => {
    const { root, heard } = await api((_call, response) => answerJson(response, {}))
    const world = await withSecret(root, ['shop.example.com', '*.example.org'])
    await said(world, 'The shop is broken.')
    expect(heard).toEqual([])
  })

  test('that nobody made keep the call from going out', async () => {
    const { root, heard } = await api((_call, response) => answerJson(response, {}))
    const world = await open(flow(root))
    await world.write('48')
    await said(world, 'The shop is broken.')
    expect(heard).toEqual([])
  })
})
