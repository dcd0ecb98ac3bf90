/** The first start of an empty installation: the sample flows are live and one web chat is open, so that a newcomer can talk at once. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { newConnector, writeSecretTimes } from './connector-change.ts'
import { publishFlow } from './flow-versions.ts'
import { saveDraft } from './flows.ts'
import type { Parts } from './parts.ts'

/** The fact that says that the first start is over. */
const DONE = 'first_start'
/** The web chat of the first start, and the flow it shows. */
const CHAT = { id: 'demo', flow: 'support' } as const

/** Does it once; a start that was killed in between is finished by the next one. `folder` holds the sample flows. */
export async function prepareFirstStart(parts: Parts, folder: string, log: { warn(facts: object, message: string): void }): Promise<void> {
  const { store, runtime, now } = parts
  if ((await store.facts.get(DONE)) !== undefined) return
  for (const name of (await readdir(folder)).sort()) {
    if (!name.endsWith('.json') || name.endsWith('.test.json')) continue
    const id = name.slice(0, -'.json'.length)
    // A flow of this name that is already here is somebody's own.
    if ((await store.flows.byId(id))?.live_version) continue
    try {
      await saveDraft(parts, id, await readFile(join(folder, name), 'utf8'))
      await publishFlow(parts, id, { note: 'Sample flow of the first start', author: 'Parley' })
    } catch (error) {
      log.warn({ err: error, flow: id }, 'a sample flow could not be published')
    }
  }
  if ((await store.flows.byId(CHAT.flow)) && !(await store.connectors.byId(CHAT.id))) {
    const settings = { title: 'Customer support', subtitle: 'A sample flow to talk to' }
    const connector = { ...(await newConnector(parts, { channel: 'webchat', name: 'Sample chat', flow: CHAT.flow, settings })), id: CHAT.id }
    const times = Object.fromEntries(Object.keys(connector.secrets).map(name => [name, now()]))
    await store.commit([...store.connectors.insert(connector), ...writeSecretTimes(parts, CHAT.id, times)])
    await runtime.connectorChanged(CHAT.id)
  }
  await store.commit(store.facts.set(DONE, String(now())))
}
