/** The two flows of the crash tests, and what a contact has to read for what they wrote. Every text is unique within a contact. */
import type { Flow } from '../../../server/engine/index.ts'

/** Says every message back. */
export const PLAIN: Flow = {
  format: 1,
  id: 'plain',
  name: 'Plain',
  languages: ['en'],
  blocks: {
    start: { type: 'start', exits: { next: 'hello' } },
    hello: { type: 'message', text: 'Hello {{ message.text }}', exits: { next: 'ear' } },
    ear: { type: 'listen', exits: { message: 'echo' } },
    echo: { type: 'message', text: 'Heard {{ message.text }}', exits: { next: 'ear' } },
  },
}

/** A question, a timer, a call of an API and a queue that nobody serves. `api` is where the API is. */
export const busyFlow = (api: string): Flow => ({
  format: 1,
  id: 'busy',
  name: 'Busy',
  languages: ['en'],
  variables: { name: { type: 'text' }, said: { type: 'text' } },
  blocks: {
    start: { type: 'start', exits: { next: 'ask' } },
    ask: {
      type: 'question',
      text: 'Your name, {{ message.text }}?',
      variable: 'name',
      accept_earlier: true,
      timeout: '1 h',
      exits: { answered: 'thanks', invalid: 'gone', timeout: 'gone' },
    },
    thanks: { type: 'message', text: 'Thanks {{ vars.name }}', exits: { next: 'ear' } },
    ear: { type: 'listen', timeout: '1 h', exits: { message: 'kind', timeout: 'gone' } },
    kind: {
      type: 'keywords',
      typos: false,
      cases: [
        { id: 'slow', words: ['slow'] },
        { id: 'agent', words: ['agent'] },
        { id: 'call', words: ['call'] },
      ],
      exits: { slow: 'moment', call: 'api', agent: 'queue', else: 'echo' },
    },
    echo: { type: 'message', text: 'Heard {{ message.text }}', exits: { next: 'ear' } },
    api: {
      type: 'http',
      url: `${api}/echo?said={{ message.text }}`,
      save: [{ path: 'said', variable: 'said' }],
      timeout: '30 s',
      exits: { success: 'called', refused: 'gone', error: 'gone', timeout: 'gone' },
    },
    called: { type: 'message', text: 'Called {{ vars.said }}', exits: { next: 'ear' } },
    moment: { type: 'message', text: 'Moment {{ message.text }}', exits: { next: 'pause' } },
    pause: { type: 'wait', for: '1 s', exits: { next: 'done' } },
    done: { type: 'message', text: 'Done {{ message.text }}', exits: { next: 'ear' } },
    queue: {
      type: 'queue',
      queue: 'default',
      max_wait: '1 s',
      text: 'Queued',
      exits: { ended: 'gone', timeout: 'gone', full: 'gone', unavailable: 'gone', left: 'gone' },
    },
    gone: { type: 'message', text: 'Nobody was free', exits: { next: 'end' } },
    end: { type: 'end', outcome: 'over' },
  },
})

/** What a contact of the plain flow writes. */
export function plainTexts(contact: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => `${contact}-${n}`)
}

/** What a contact of the busy flow writes: a name, then chat with a few pauses and calls, in the end the wish for an agent. */
export function busyTexts(contact: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) =>
    n === count - 1 ? `agent ${contact}-${n}` : n % 6 === 5 ? `slow ${contact}-${n}` : n % 6 === 3 ? `call ${contact}-${n}` : `${contact}-${n}`,
  )
}

/** What has to be read for `plainTexts`, in this order. */
export function plainAnswers(texts: readonly string[]): readonly string[] {
  return texts.map((text, n) => (n === 0 ? `Hello ${text}` : `Heard ${text}`))
}

/** What has to be read for `busyTexts`, in this order. */
export function busyAnswers(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text, n) => {
    if (n === 0) return [`Your name, ${text}?`]
    if (n === 1) return [`Thanks ${text}`]
    if (text.startsWith('call')) return [`Called ${text}`]
    if (text.startsWith('slow')) return [`Moment ${text}`, `Done ${text}`]
    return text.startsWith('agent') ? ['Queued', 'Nobody was free'] : [`Heard ${text}`]
  })
}
