import { afterEach, describe, expect, test } from 'vitest'
import { createHttpSender, type HttpRequest, type HttpSender } from '../../../server/runtime/http/send.ts'
import { answerJson, type FakeApi, startFakeApi } from '../../helpers/fake-api.ts'

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})

async function api(answer: Parameters<typeof startFakeApi>[0]): Promise<FakeApi> {
  const started = await startFakeApi(answer)
  open.push(started.close)
  return started
}

function sender(options: Parameters<typeof createHttpSender>[0]): HttpSender {
  const made = createHttpSender(options)
  open.push(made.close)
  return made
}

const LOCAL = { allow: ['127.0.0.1'] }
const get = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({ method: 'GET', url, headers: [], ...more })
const send = (made: HttpSender, request: HttpRequest) => made.send(request, new AbortController().signal)

describe('calls', () => {
  test('method, headers and body arrive, and the answer comes back', async () => {
    const { root, heard } = await api((_call, response) => answerJson(response, { ok: true }, 201))
    const request = get(`${root}/orders?x=1`, {
      method: 'POST',
      headers: [{ name: 'X-Name', value: 'Zoë', hasSecret: false }],
      body: { text: '{"a":"ü"}', hasSecret: false },
    })
    expect(await send(sender(LOCAL), request)).toEqual({ status: 201, text: '{"ok":true}' })
    expect(heard[0]).toMatchObject({ method: 'POST', path: '/orders?x=1', body: '{"a":"ü"}' })
    expect(Buffer.from(String(heard[0]?.headers['x-name']), 'latin1').toString('utf8')).toBe('Zoë')
  })

  test('an answer above 1 MB is not read to its end', async () => {
    const { root } = await api((_call, response) => response.end('x'.repeat(1_000_001)))
    expect(await send(sender(LOCAL), get(root))).toEqual({ failure: 'too_big', why: '127.0.0.1 answered with more than 1 MB' })
  })

  test.each([429, 502, 503, 504])('%d may be tried again, after the time that is asked for', async status => {
    const { root } = await api((_call, response) => response.writeHead(status, { 'retry-after': '7' }).end('busy'))
    expect(await send(sender(LOCAL), get(root))).toEqual({ status, text: 'busy', again: { after_ms: 7000 } })
  })

  test('who refuses connections is named, and may be tried again', async () => {
    const { root, close } = await startFakeApi(() => {})
    await close()
    expect(await send(sender(LOCAL), get(`${root}/?key=hunter2`))).toEqual({ failure: 'unreachable', why: '127.0.0.1 refuses connections', again: {} })
  })

  test('an aborted call ends at once', async () => {
    const { root } = await api(() => {})
    const controller = new AbortController()
    const sent = sender(LOCAL).send(get(root), controller.signal)
    controller.abort(new Error('over'))
    await expect(sent).rejects.toThrow('over')
  })
})

describe('the guard', () => {
  test('this machine is never called unless an operator allows it', async () => {
    const { root, port, heard } = await api((_call, response) => answerJson(response, {}))
    for (const url of [root, `http://localhost:${port}`, `http://[::ffff:127.0.0.1]:${port}`, `http://0x7f.1:${port}`, `http://2130706433:${port}`])
      expect(await send(sender({ allow: [] }), get(url))).toMatchObject({ failure: 'blocked' })
    expect(heard).toEqual([])
  })

  test('a name whose address changes between two looks is judged when it is connected to', async () => {
    const { port, heard } = await api((_call, response) => answerJson(response, {}))
    let looks = 0
    const rebinding = sender({
      allow: [],
      resolve: (_hostname, _options, callback) => callback(null, [{ address: looks++ === 0 ? '127.0.0.1' : '8.8.8.8', family: 4 }]),
    })
    expect(await send(rebinding, get(`http://rebind.example.com:${port}/`))).toMatchObject({ failure: 'blocked' })
    expect(looks).toBe(1)
    expect(heard).toEqual([])
  })

  test.each(['ftp://127.0.0.1/', 'file:///etc/passwd', 'http://user:pass@127.0.0.1/'])('%s is refused', async url => {
    expect(await send(sender(LOCAL), get(url))).toMatchObject({ failure: 'blocked' })
  })
})

describe('redirects', () => {
  const secret = { name: 'X-Key', value: 'hunter2', hasSecret: true }
  const plain = { name: 'X-Plain', value: 'fine', hasSecret: false }
  const credentials = { name: 'Authorization', value: 'Bearer typed-in', hasSecret: false }

  test('at most three are followed', async () => {
    const { root, heard } = await api(({ path }, response) => response.writeHead(302, { location: `/${Number(path.slice(1)) + 1}` }).end())
    expect(await send(sender(LOCAL), get(`${root}/1`))).toMatchObject({ failure: 'unreachable', why: '127.0.0.1 only leads to other addresses' })
    expect(heard.map(({ path }) => path)).toEqual(['/1', '/2', '/3', '/4'])
  })

  test('on the same host everything goes along', async () => {
    const { root, heard } = await api(({ path }, response) =>
      path === '/old' ? response.writeHead(307, { location: '/new' }).end() : answerJson(response, {}),
    )
    await send(sender(LOCAL), get(`${root}/old`, { method: 'POST', headers: [secret, plain], body: { text: 'b', hasSecret: true } }))
    expect(heard[1]).toMatchObject({ method: 'POST', path: '/new', body: 'b', headers: { 'x-key': 'hunter2', 'x-plain': 'fine' } })
  })

  test('to another host no secret and no credentials go along', async () => {
    const other = await api((_call, response) => answerJson(response, {}))
    const { root } = await api((_call, response) => response.writeHead(302, { location: other.root }).end())
    await send(sender(LOCAL), get(root, { method: 'POST', headers: [secret, plain, credentials], body: { text: 'b', hasSecret: true } }))
    expect(other.heard[0]).toMatchObject({ method: 'GET', body: '', headers: { 'x-plain': 'fine' } })
    expect(JSON.stringify(other.heard)).not.toMatch(/hunter2|typed-in/)
  })

  test('a body with a secret is not sent on to another host', async () => {
    const other = await api((_call, response) => answerJson(response, {}))
    const { root } = await api((_call, response) => response.writeHead(308, { location: other.root }).end())
    const sent = await send(sender(LOCAL), get(root, { method: 'POST', body: { text: 'hunter2', hasSecret: true } }))
    expect(sent).toMatchObject({ failure: 'blocked', why: '127.0.0.1 was not called: it would send a secret to another host' })
    expect(other.heard).toEqual([])
  })

  test.each(['https://127.0.0.1/', 'ftp://127.0.0.1/', 'javascript:alert(1)'])('to %s nothing goes: it is another kind of address', async location => {
    const { root } = await api((_call, response) => response.writeHead(302, { location }).end())
    expect(await send(sender(LOCAL), get(root))).toMatchObject({ failure: 'blocked' })
  })

  test('to an address of our own network nothing goes', async () => {
    const { root } = await api((_call, response) => response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end())
    expect(await send(sender(LOCAL), get(root))).toMatchObject({
      failure: 'blocked',
      why: '169.254.169.254 was not called: it is not on the public internet',
    })
  })
})
