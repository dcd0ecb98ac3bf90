/** The fake Bot API as a process of its own; tells its parent of every message it took, with the time. */
import { startFakeTelegram } from '../../helpers/fake-telegram.ts'

/** Pairs of chat and time (`process.hrtime`, ms), flat. */
export type Replies = readonly number[]

let batch: number[] = []

function flush(): void {
  process.send?.(batch)
  batch = []
}

const fake = await startFakeTelegram({
  record_requests: false,
  onSent: message => {
    if (batch.length === 0) setImmediate(flush)
    batch.push(Number(message.chat), Number(process.hrtime.bigint()) / 1e6)
  },
})
process.stdout.write(`${JSON.stringify({ root: fake.root, token: fake.token })}\n`)
process.on('disconnect', () => process.exit())
