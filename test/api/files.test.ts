import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { echoFlow } from '../helpers/flow-files.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

let server: TestServer
let chat: string
let token: string

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')

beforeAll(async () => {
  server = await startTestServer()
  await server.call('PUT', '/api/flows/files', echoFlow('files'))
  await server.call('POST', '/api/flows/files/publish')
  chat = (await server.call('POST', '/api/connectors', { channel: 'webchat', name: 'Files', flow: 'files' })).body.id
  token = (await (await fetch(`${server.url}/chat/${chat}/session`, { method: 'POST' })).json()).token
})
afterAll(() => server.close())

async function upload(bytes: Buffer, name: string): Promise<{ url: string; kind: string; mime: string; attachment: string }> {
  const headers = { authorization: `Bearer ${token}`, 'x-file-name': encodeURIComponent(name) }
  const response = await fetch(`${server.url}/chat/${chat}/files`, { method: 'POST', headers, body: new Uint8Array(bytes) })
  expect(response.status).toBe(200)
  return response.json()
}

describe('files', () => {
  test('rule 42: a signed address gives the file as a download that no browser runs', async () => {
    const { url, kind, mime } = await upload(PNG, 'Größe "1".png')
    expect({ kind, mime }).toEqual({ kind: 'image', mime: 'image/png' })
    const response = await fetch(`${server.url}${url}`)
    expect(response.status).toBe(200)
    expect(Buffer.from(await response.arrayBuffer())).toEqual(PNG)
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%221%22.png")
    expect(response.headers.get('content-security-policy')).toContain('sandbox')
  })

  test('rule 42: what a file is, its bytes say; a picture with scripts is never served as one', async () => {
    const { url } = await upload(SVG, 'harmless.png')
    const response = await fetch(`${server.url}${url}`)
    expect(response.headers.get('content-type')).toBe('application/octet-stream')
    expect(response.headers.get('content-disposition')).toMatch(/^attachment/)
  })

  test('rule 42: without its signature, with another or after its time the file is not there', async () => {
    const { url } = await upload(PNG, 'a.png')
    const other = (await upload(PNG, 'b.png')).url
    const address = new URL(url, server.url)
    const wrong = [
      address.pathname,
      url.replace(/signature=[^&]+/, `signature=${new URL(other, server.url).searchParams.get('signature')}`),
      url.replace(/expires=\d+/, `expires=${Date.now() + 9_999_999_999}`),
      url.replace(/expires=\d+/, `expires=${Date.now() - 1}`),
      url.replace(/\/files\/[a-z0-9]+/, '/files/nobody'),
    ]
    for (const path of wrong) {
      const response = await fetch(`${server.url}${path}`)
      expect(response.status, path).toBe(404)
      expect(await response.json()).toMatchObject({ error: { code: 'file.unknown' } })
    }
  })

  test('an attached file is in the transcript of the API at an address that opens', async () => {
    const { attachment } = await upload(PNG, 'photo.png')
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const body = JSON.stringify({ client_id: 'client-id-1', text: 'Look', attachments: [attachment] })
    expect((await fetch(`${server.url}/chat/${chat}/messages`, { method: 'POST', headers, body })).status).toBe(200)
    const [{ id }] = (await server.call('GET', `/api/conversations?connector=${chat}`)).body.items
    const { messages } = (await server.call('GET', `/api/conversations/${id}`)).body
    const [shown] = messages[0].attachments
    expect(shown).toMatchObject({ kind: 'image', name: 'photo.png', mime: 'image/png', size: PNG.length })
    expect((await fetch(shown.url)).status).toBe(200)
  })
})
