/** What a line typed into `parley simulate` means. */
import { type FlowTestStep, parseDuration } from '../engine/index.ts'

/** What to do. `steps` are those of a flow test, so that a run can be saved as one. */
export type SimulatorAction =
  | { readonly type: 'play'; readonly steps: readonly FlowTestStep[] }
  /** A button by its number, counted from 1, its label or the id of its choice. */
  | { readonly type: 'press'; readonly button: string }
  | { readonly type: 'save'; readonly file: string; readonly name: string }
  | { readonly type: 'why' | 'vars' | 'back' | 'restart' | 'quit' | 'help' }
  | { readonly type: 'refuse'; readonly message: string }

interface LineCommand {
  readonly usage: string
  readonly meaning: string
  read(rest: string): SimulatorAction
}

const play = (...steps: FlowTestStep[]): SimulatorAction => ({ type: 'play', steps })
const refuse = (message: string): SimulatorAction => ({ type: 'refuse', message })
const plain = (type: 'why' | 'vars' | 'back' | 'restart' | 'quit' | 'help'): LineCommand['read'] => {
  return rest => (rest === '' ? { type } : refuse(`/${type} stands alone.`))
}
const oneOf = <T extends string>(names: readonly T[], given: string, what: string, make: (name: T) => SimulatorAction): SimulatorAction => {
  const name = names.find(known => known === given)
  return name === undefined ? refuse(`${what}: ${names.join(', ')}.`) : make(name)
}

const KINDS = ['image', 'file', 'audio', 'voice', 'video', 'sticker'] as const
const REFUSALS = ['full', 'closed', 'nobody_on_shift'] as const
const AGENT_DOES = ['join', 'end', 'lost', 'silent', 'transfer'] as const

/** Every command by the word after the slash. Other words with a slash are the contact's, as in Telegram. */
const COMMANDS: Readonly<Record<string, LineCommand>> = {
  start: { usage: '/start [payload]', meaning: 'open the chat, perhaps by a deep link', read: rest => play({ start: rest }) },
  press: {
    usage: '/press 1',
    meaning: 'press a button: its number, label or id',
    read: rest => (rest === '' ? refuse('Which button? /press 1') : { type: 'press', button: rest }),
  },
  send: { usage: '/send image [caption]', meaning: 'send something; also file, audio, voice, video', read: readSend },
  burst: { usage: '/burst one | two', meaning: 'write messages right after each other', read: readBurst },
  edit: { usage: '/edit new text', meaning: 'change the last message', read: rest => (rest === '' ? refuse('To what? /edit new text') : play({ edit: rest })) },
  pass: { usage: '/pass 5 min', meaning: 'let time pass; it stands still otherwise', read: readPass },
  until: { usage: '/until 09:00', meaning: 'let time pass until the flow has this time of day', read: readUntil },
  agent: { usage: '/agent join | say … | end', meaning: 'play the agent; also note …, lost, silent, transfer', read: readAgent },
  queue: { usage: '/queue full', meaning: 'the queue answers; also closed, or a position', read: readQueue },
  api: { usage: '/api 200 {"total": 7}', meaning: 'the API answers; also timeout, unreachable', read: readApi },
  contact: { usage: '/contact left', meaning: 'close the chat; also blocked, unblocked', read: readContact },
  fail: { usage: '/fail message', meaning: 'the last message is not delivered; also contact', read: readFail },
  why: { usage: '/why', meaning: 'why the flow did what it did last', read: plain('why') },
  vars: { usage: '/vars', meaning: 'where the conversation is and what it knows', read: plain('vars') },
  back: { usage: '/back', meaning: 'take the last line back', read: plain('back') },
  restart: { usage: '/restart', meaning: 'begin again with a new contact', read: plain('restart') },
  save: { usage: '/save x.test.json [name]', meaning: 'save the run as a flow test', read: readSave },
  quit: { usage: '/quit', meaning: 'leave', read: plain('quit') },
  '?': { usage: '/?', meaning: 'show this', read: plain('help') },
}

/** The help of the simulator, a line a command. */
export const SIMULATOR_HELP: readonly string[] = [
  'Type to write as the contact. //text sends /text.',
  ...Object.values(COMMANDS).map(({ usage, meaning }) => `  ${usage.padEnd(27)} ${meaning}`),
]

/** Reads a line; undefined for an empty one. */
export function readLine(line: string): SimulatorAction | undefined {
  const text = line.trim()
  if (text === '') return undefined
  if (text.startsWith('//')) return play({ customer: text.slice(1) })
  const [, word = '', rest = ''] = /^\/(\S+)\s*([\s\S]*)$/.exec(text) ?? []
  const command = Object.hasOwn(COMMANDS, word) ? COMMANDS[word] : undefined
  return command ? command.read(rest) : play({ customer: text })
}

function readSend(rest: string): SimulatorAction {
  const [, given = '', text = ''] = /^(\S*)\s*([\s\S]*)$/.exec(rest) ?? []
  return oneOf(KINDS, given, 'One of these can be sent', kind => play({ send: { ...(text === '' ? {} : { text }), [kind]: true } }))
}

function readBurst(rest: string): SimulatorAction {
  const texts = rest
    .split('|')
    .map(text => text.trim())
    .filter(Boolean)
  return texts.length > 1 ? play({ burst: texts }) : refuse('Several messages with | between them: /burst one | two')
}

function readPass(rest: string): SimulatorAction {
  return (parseDuration(rest) ?? 0) > 0 ? play({ pass: rest.trim() }) : refuse(`“${rest}” is no duration. It looks like 30 s, 5 min, 2 h or 1 day.`)
}

function readUntil(rest: string): SimulatorAction {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(rest) ? play({ until: rest }) : refuse('A time of day looks like 09:00.')
}

function readAgent(rest: string): SimulatorAction {
  const [, does, text = ''] = /^(say|note)\s+([\s\S]+)$/.exec(rest) ?? []
  if (does === 'say') return play({ agent: { say: text } })
  if (does === 'note') return play({ agent: { note: text } })
  return oneOf(AGENT_DOES, rest, 'The agent can say …, note …, and', name => play({ agent: name }))
}

function readQueue(rest: string): SimulatorAction {
  if (/^[1-9]\d{0,5}$/.test(rest)) return play({ queue: { position: Number(rest) } })
  return oneOf(REFUSALS, rest, 'The queue answers a position like 3, or', name => play({ queue: name }))
}

/** A status with a body, a body alone, or what goes wrong. */
function readApi(rest: string): SimulatorAction {
  const [, status, body = ''] = /^([1-5]\d\d)?\s*([\s\S]*)$/.exec(rest) ?? []
  if (status === undefined && /^[a-z_]*$/.test(body))
    return oneOf(['timeout', 'unreachable'] as const, body, 'The API answers a status like 200, JSON, or', name => play({ api: name }))
  const answer = status === undefined ? {} : { status: Number(status) }
  if (body === '') return play({ api: answer })
  try {
    return play({ api: { ...answer, json: JSON.parse(body) } })
  } catch {
    return play({ api: { ...answer, text: body } })
  }
}

function readContact(rest: string): SimulatorAction {
  return oneOf(['blocked', 'unblocked', 'left'] as const, rest, 'The contact is', name => play({ contact: name }))
}

function readFail(rest: string): SimulatorAction {
  return oneOf(['message', 'contact'] as const, rest, 'What fails is', name => play({ delivery_fails: name }))
}

function readSave(rest: string): SimulatorAction {
  const [, file = '', name = ''] = /^(\S+)\s*(.*)$/.exec(rest) ?? []
  return file.endsWith('.test.json')
    ? { type: 'save', file, name }
    : refuse('The name of a file of flow tests ends in .test.json: /save flows/support.test.json')
}
