/**
 * The server as a process that a test may kill: `parley serve` with shorter figures of the runtime. `TEST_CAREFUL_MS` says how long it
 * is careful after a crash.
 */
import { startServer } from '../../../server/main.ts'
import { readSettings } from '../../../server/settings.ts'

const careful_ms = Number(process.env.TEST_CAREFUL_MS ?? 60_000)
const server = await startServer(readSettings(process.env), { limits: { timer_grace_ms: 200, careful_ms } })
process.stdout.write(`${server.greeting}\n`)
process.once('SIGTERM', () => void server.close())
