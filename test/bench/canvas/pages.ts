/** The two pages that are compared, built and served: the designer by a real server, the bare one by a few lines of HTTP. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import type { Flow } from '../../../server/engine/index.ts'
import { ADMIN_KEY, startTestServer } from '../../helpers/server.ts'
import { buildWeb } from '../../helpers/web.ts'
import type { Graph } from './graph.ts'

/** A page that is served; `headers` sign it in. */
export interface ServedPage {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  close(): Promise<void>
}

/** The editor of a flow. */
export async function serveDesigner(flow: Flow): Promise<ServedPage> {
  const web = await buildWeb({ designer: 'designer/index.html' })
  const server = await startTestServer({}, { web: web.folder })
  await server.call('PUT', `/api/flows/${flow.id}`, flow)
  return {
    url: `${server.url}/flows/${flow.id}`,
    headers: { authorization: `Bearer ${ADMIN_KEY}` },
    close: async () => {
      await server.close()
      await web.remove()
    },
  }
}

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json' }

/** React Flow alone with the same graph. */
export async function serveBare(graph: Graph): Promise<ServedPage> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-bare-'))
  await build({
    configFile: false,
    root: join(import.meta.dirname, 'bare'),
    logLevel: 'error',
    plugins: [react()],
    build: { outDir: folder, emptyOutDir: true, target: 'es2022' },
  })
  await writeFile(join(folder, 'graph.json'), JSON.stringify(graph))
  const server = createServer((request, response) => {
    const path = request.url === '/' ? 'index.html' : (request.url ?? '').slice(1)
    const file = resolve(folder, path)
    if (!file.startsWith(folder)) return void response.writeHead(404).end()
    readFile(file).then(
      content => response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(content),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    headers: {},
    close: async () => {
      server.closeAllConnections()
      await new Promise(done => server.close(done))
      await rm(folder, { recursive: true, force: true })
    },
  }
}
