/** The one scenario of the bench: greeting, length check, three keywords, else; one reply to each message. As a flow, and by hand. */
import type { Flow } from '../../server/engine/index.ts'

/** Longest text that is looked at. */
export const MOST_LENGTH = 1000

const HOURS = 'We are open Monday to Friday, 9:00 to 17:00.'
const TOO_LONG = 'That is more than we can read at once. Could you say it in a few words?'

/** The scenario as people draw it. */
export const FLOW: Flow = {
  format: 1,
  id: 'bench',
  name: 'Bench',
  languages: ['en'],
  blocks: {
    start: { type: 'start', exits: { next: 'hello' } },
    hello: { type: 'greeting', text: 'Hello {{ contact.first_name | default: "there" }}! Ask for prices, hours or an agent.', exits: { next: 'listen' } },
    listen: { type: 'listen', exits: { message: 'length' } },
    length: { type: 'message_check', max_length: MOST_LENGTH, exits: { ok: 'topic', too_long: 'too_long' } },
    topic: {
      type: 'keywords',
      cases: [
        { id: 'prices', words: ['prices', 'price list', 'cost'] },
        { id: 'hours', words: ['hours', 'open'] },
        { id: 'agent', words: ['agent', 'human'] },
      ],
      exits: { prices: 'prices', hours: 'hours', agent: 'agent', else: 'else' },
    },
    prices: { type: 'message', text: 'Our price list, {{ contact.first_name | default: "friend" }}: small 10, large 20.', exits: { next: 'listen' } },
    hours: { type: 'message', text: HOURS, exits: { next: 'listen' } },
    agent: { type: 'message', text: 'Somebody will write to you today, {{ contact.first_name | default: "friend" }}.', exits: { next: 'listen' } },
    else: { type: 'message', text: 'You said “{{ message.text }}”. Ask for prices, hours or an agent.', exits: { next: 'listen' } },
    too_long: { type: 'message', text: TOO_LONG, exits: { next: 'listen' } },
  },
}

/** What contacts write, one after the other; the first opens the conversation. */
export const TEXTS: readonly string[] = [
  'Hi',
  'What are your prices today?',
  'And when are you open',
  'my parcel is late',
  'can I talk to a human please',
  'thanks a lot',
  `${'very long '.repeat(110)}`,
]

/** The n-th text of a contact. */
export function textOf(n: number): string {
  return TEXTS[n === 0 ? 0 : ((n - 1) % (TEXTS.length - 1)) + 1] ?? ''
}

/** What somebody would write by hand in a bot: the same answers to the same words. */
export function answerByHand(isFirst: boolean, firstName: string | undefined, text: string): string {
  const name = firstName ?? 'friend'
  if (isFirst) return `Hello ${firstName ?? 'there'}! Ask for prices, hours or an agent.`
  if (text.length > MOST_LENGTH) return TOO_LONG
  const lower = text.toLowerCase()
  if (/\b(prices|price list|cost)\b/.test(lower)) return `Our price list, ${name}: small 10, large 20.`
  if (/\b(hours|open)\b/.test(lower)) return HOURS
  if (/\b(agent|human)\b/.test(lower)) return `Somebody will write to you today, ${name}.`
  return `You said “${text}”. Ask for prices, hours or an agent.`
}
