/** An API on loopback that answers as a test says and remembers what it was asked. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What came in. */
export interface HeardCall {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A running API. */
export interface FakeApi {
  /** Without a slash at the end. */
  readonly root: string
  readonly port: number
  readonly heard: readonly HeardCall[]
  close(): Promise<void>
}

/** Starts one on a port of its own. `answer` may leave a call unanswered. */
export async function startFakeApi(answer: (call: HeardCall, response: ServerResponse) => void): Promise<FakeApi> {
  const heard: HeardCall[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const call = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') }
      heard.push(call)
      answer(call, response)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // listens on an address, not on a pipe
  return {
    root: `http://127.0.0.1:${port}`,
    port,
    heard,
    close: () =>
      new Promise(resolve => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

/** Answers with JSON. */
export function answerJson(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}
