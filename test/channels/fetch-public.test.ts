/** The guard of fetched addresses. Only loopback is there to be reached, so "blocked" means that its server saw no request. */
import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fetchPublic, isLoopbackRoot, isPublicAddress } from '../../server/channels/fetch-public.ts'

const never = new AbortController().signal
let server: Server
let root = ''
let port = 0
let requests = 0
let hang: (() => void) | undefined

beforeAll(async () => {
  server = createServer((request, response) => {
    requests++
    const path = request.url ?? '/'
    if (path === '/hang') return void hang?.()
    if (path === '/file') response.writeHead(200, { 'content-type': 'Application/PDF; x=1' }).end('0123456789')
    else if (path === '/chunks') {
      response.writeHead(200)
      response.write('01234')
      response.end('56789')
    } else if (path === '/hop') response.writeHead(302, { location: '/file' }).end()
    else if (path === '/loop') response.writeHead(302, { location: '/loop' }).end()
    else if (path === '/private') response.writeHead(302, { location: 'http://10.0.0.1/secret?token=t0k3n' }).end()
    else if (path === '/scheme') response.writeHead(302, { location: 'file:///etc/passwd' }).end()
    else response.writeHead(Number(path.slice(1))).end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' && address ? address.port : 0
  root = `http://127.0.0.1:${port}`
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise(resolve => server.close(resolve))
})

const fetchHere = (path: string, max_bytes = 100) => fetchPublic(root + path, { max_bytes, signal: never, loopback: true })

describe('rule 42: the guard of fetched files', () => {
  it.each(['8.8.8.8', '2606:4700::1111'])('%s is public', ip => {
    expect(isPublicAddress(ip)).toBe(true)
  })

  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '198.18.0.1',
    '::1',
    '::',
    '::7f00:1',
    'fe80::1',
    'fc00::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'localhost',
    '',
  ])('"%s" is not', ip => {
    expect(isPublicAddress(ip)).toBe(false)
  })

  it.each([
    '127.0.0.1',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '127.1',
    '0.0.0.0',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    'localhost',
    '169.254.169.254',
  ])('https://%s is blocked before anybody is asked', async host => {
    const before = requests
    await expect(fetchPublic(`https://${host}:${port}/file`, { max_bytes: 100, signal: never })).rejects.toMatchObject({
      code: 'file.blocked_address',
      retry: 'never',
    })
    expect(requests).toBe(before)
  })

  it.each(['http://8.8.8.8/file', 'http://127.0.0.1/file', 'ftp://8.8.8.8/file', 'file:///etc/passwd', 'data:text/plain,x'])(
    '%s is blocked: not https',
    async address => {
      await expect(fetchPublic(address, { max_bytes: 100, signal: never })).rejects.toMatchObject({ code: 'file.blocked_address' })
    },
  )

  it('an address with a user name, or none at all, is refused', async () => {
    await expect(fetchPublic('https://user:pass@8.8.8.8/', { max_bytes: 1, signal: never })).rejects.toMatchObject({ code: 'file.blocked_address' })
    await expect(fetchPublic('photo.jpg', { max_bytes: 1, signal: never })).rejects.toMatchObject({ code: 'file.bad_address' })
  })

  it('a vendor on this machine opens this machine, and nothing else of the private network', async () => {
    expect(await fetchHere('/file')).toEqual({ bytes: Buffer.from('0123456789'), mime: 'application/pdf' })
    await expect(fetchPublic('http://10.0.0.1/file', { max_bytes: 1, signal: never, loopback: true })).rejects.toMatchObject({ code: 'file.blocked_address' })
    await expect(fetchPublic('https://192.168.0.1/file', { max_bytes: 1, signal: never, loopback: true })).rejects.toMatchObject({
      code: 'file.blocked_address',
    })
  })

  it('a redirect is followed, and checked like the first address', async () => {
    expect((await fetchHere('/hop')).bytes.toString()).toBe('0123456789')
    await expect(fetchHere('/private')).rejects.toMatchObject({ code: 'file.blocked_address', message: expect.not.stringContaining('t0k3n') })
    await expect(fetchHere('/scheme')).rejects.toMatchObject({ code: 'file.blocked_address' })
    await expect(fetchHere('/loop')).rejects.toMatchObject({ code: 'file.unreachable' })
  })

  it('a file over the limit is refused, by its length and while it arrives', async () => {
    expect((await fetchHere('/chunks', 10)).bytes).toHaveLength(10)
    await expect(fetchHere('/file', 9)).rejects.toMatchObject({ code: 'file.too_big' })
    await expect(fetchHere('/chunks', 9)).rejects.toMatchObject({ code: 'file.too_big' })
  })

  it.each([
    ['/404', 'file.gone', 'never'],
    ['/403', 'file.gone', 'never'],
    ['/429', 'file.unreachable', 'later'],
    ['/500', 'file.unreachable', 'later'],
  ])('%s is %s, try again %s', async (path, code, retry) => {
    await expect(fetchHere(path)).rejects.toMatchObject({ code, retry })
  })

  it('what cannot be reached shows the host and nothing else of the address', async () => {
    const error: unknown = await fetchPublic('http://127.0.0.1:1/file?token=t0k3n', { max_bytes: 1, signal: never, loopback: true }).catch(
      (reason: unknown) => reason,
    )
    expect(error).toMatchObject({ code: 'file.unreachable', retry: 'later', message: expect.stringContaining('127.0.0.1') })
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('t0k3n')
  })

  it('ends when its signal aborts', async () => {
    const stop = new AbortController()
    hang = () => stop.abort()
    await expect(fetchPublic(`${root}/hang`, { max_bytes: 1, signal: stop.signal, loopback: true })).rejects.toMatchObject({ name: 'AbortError' })
  })

  it.each([
    ['http://127.0.0.1:9000', true],
    ['http://localhost:9000/graph', true],
    ['http://[::1]:9000', true],
    ['https://graph.facebook.com', false],
    ['http://10.0.0.1', false],
    ['https://localhost.example.com', false],
    ['nothing', false],
  ])('%s is on this machine: %s', (base, expected) => {
    expect(isLoopbackRoot(base)).toBe(expected)
  })
})
