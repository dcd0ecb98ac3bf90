/** How the simulator shows a conversation: for people, or a JSON value a line. */
import type { OutboundMessage, TraceLine, VirtualState } from '../engine/index.ts'
import { paintFor } from './paint.ts'
import type { Seen } from './simulate-talk.ts'
import type { Terminal } from './terminal.ts'

/** Where the simulator speaks to. */
export interface Show {
  /** What was typed, for a transcript; a person in front of the terminal sees it already. */
  typed(line: string): void
  seen(seen: readonly Seen[]): void
  /** The clock after time passed. */
  time(now: number): void
  why(trace: readonly TraceLine[]): void
  state(state: VirtualState): void
  said(text: string): void
  refused(message: string): void
}

/** A JSON value a line. */
export function showAsJson(terminal: Terminal): Show {
  const print = (type: string, facts: object) => terminal.print(JSON.stringify({ type, ...facts }))
  return {
    typed: line => print('typed', { line }),
    seen: seen => {
      for (const { type, ...facts } of seen) print(type, 'message' in facts ? facts.message : facts)
    },
    time: now => print('time', { now }),
    why: trace => print('why', { trace }),
    state: state => print('state', factsOf(state)),
    said: text => print('said', { text }),
    refused: message => print('refused', { message }),
  }
}

/** Lines for people. */
export function showAsText(terminal: Terminal): Show {
  const paint = paintFor(terminal)
  const aside = (text: string) => terminal.print(paint.dim(`  -- ${text}`))
  return {
    typed: line => {
      if (!terminal.interactive) terminal.print(`> ${line}`)
    },
    seen: all => {
      for (const seen of all) {
        switch (seen.type) {
          case 'bot':
          case 'agent':
            for (const line of sayMessage(seen.type, seen.message)) terminal.print(seen.type === 'bot' ? paint.cyan(line) : paint.green(line))
            break
          case 'note':
            aside(`note for agents: ${seen.text}`)
            break
          case 'press_answered':
            aside(seen.text)
            break
          case 'failed':
            terminal.print(paint.red(`  -- failed: ${seen.why}`))
            break
          case 'api_called':
            aside(`calls ${seen.request} (/api 200 {…})`)
            break
          case 'owner_changed':
            aside(sayOwner(seen.owner, seen.queue, seen.outcome))
            break
        }
      }
    },
    time: now => aside(`it is ${new Date(now).toISOString().slice(0, 16).replace('T', ' ')} UTC`),
    why: trace => {
      if (trace.length === 0) aside('nothing has happened yet')
      for (const line of trace) aside(sayTrace(line))
    },
    state: state => {
      for (const [name, value] of Object.entries(factsOf(state))) aside(`${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    },
    said: text => terminal.print(text),
    refused: message => terminal.complain(`parley: ${message}`),
  }
}

function sayMessage(from: 'bot' | 'agent', { text, attachment, location, buttons }: OutboundMessage): readonly string[] {
  const lines = [
    ...(attachment ? [`[${attachment.kind}${attachment.name ? ` ${attachment.name}` : ''}] ${attachment.url ?? ''}`.trimEnd()] : []),
    ...(location ? [`[location ${location.latitude}, ${location.longitude}]`] : []),
    ...(text ? text.split('\n') : []),
    ...(buttons && buttons.length > 0 ? [buttons.map(({ label, url }, index) => `[${index + 1}] ${label}${url ? ` (${url})` : ''}`).join('  ')] : []),
  ]
  return lines.map((line, index) => `${(index === 0 ? from : '').padEnd(6)} ${line}`)
}

function sayOwner(owner: string, queue: string | undefined, outcome: string | undefined): string {
  if (owner === 'nobody') return `the conversation is closed: ${outcome ?? 'ended'}`
  if (owner === 'queue') return `waits for an agent in the queue ${queue ?? ''} (/agent join)`
  return owner === 'agent' ? 'an agent has the conversation (/agent say …, /agent end)' : 'the flow has the conversation'
}

function sayTrace({ kind, flow, block, exit, why }: TraceLine): string {
  const where = [flow, block].filter(Boolean).join('/')
  const what = kind === 'left' ? `${where} left by ${exit ?? '?'}` : kind === 'waits' ? `${where} waits` : [kind, where].filter(Boolean).join(' ')
  return why ? `${what}: ${why}` : what
}

/** Where the conversation is and what it knows; what is not set is left out. */
function factsOf({ conversation, now }: VirtualState): Readonly<Record<string, unknown>> {
  const { owner, session, queue, outcome, language, tags, contact } = conversation
  const { id: _id, channel: _channel, fields, ...known } = contact
  const facts = {
    now: new Date(now).toISOString(),
    owner,
    block: owner === 'nobody' ? undefined : session?.at,
    queue: queue?.slug,
    outcome: owner === 'nobody' ? outcome : undefined,
    variables: session?.vars ?? {},
    contact: { ...known, ...fields },
    language,
    tags,
    kept: session?.kept?.map(message => message.text),
  }
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))
}
