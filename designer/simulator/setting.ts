/** Who a run is played with: channel, language, contact and the time it begins. */
import type { Flow, FlowTest } from '../../server/engine/index.ts'

/** What is chosen before a run begins. */
export interface Setting {
  readonly channel: string
  /** As the channel tells it of the contact; '' when it tells none. */
  readonly language: string
  /** Was greeted the day before. */
  readonly returning: boolean
  /** What is known of the contact, by field. Empty texts are unknown. */
  readonly contact: Readonly<Record<string, string>>
  /** Milliseconds since 1970. */
  readonly now: number
}

/** Contact fields that channels tell, before the flow's own. */
export const KNOWN_FIELDS = ['first_name', 'last_name', 'email', 'phone', 'username'] as const

const MINUTE_MS = 60_000

/** The setting a newcomer starts with: somebody new in the web chat, now. */
export function firstSetting(now: number): Setting {
  return { channel: 'webchat', language: '', returning: false, contact: { first_name: 'Ana' }, now: startOfMinute(now) }
}

/** A run begins at a whole minute, so that a saved test is easy to read. */
export function startOfMinute(now: number): number {
  return Math.floor(now / MINUTE_MS) * MINUTE_MS
}

/** Fields of the contact that the form offers: those of channels, then those the flow declares. */
export function contactFields(flow: Flow): readonly string[] {
  const declared = Object.keys(flow.contact_fields ?? {}).filter(name => !KNOWN_FIELDS.some(known => known === name))
  return [...KNOWN_FIELDS, ...declared]
}

/** The setting as a flow test has it; what is usual is left out. */
export function settingOf(setting: Setting, flow: Flow): Omit<FlowTest, 'name' | 'steps'> {
  const contact = Object.entries(setting.contact).filter(([, value]) => value !== '')
  return {
    ...(setting.channel === 'webchat' ? {} : { channel: setting.channel }),
    ...(setting.language === '' ? {} : { language: setting.language }),
    ...(contact.length === 0 ? {} : { contact: Object.fromEntries(contact.map(([name, value]) => [name, typed(flow, name, value)])) }),
    ...(setting.returning ? { returning: true } : {}),
    now: new Date(setting.now).toISOString().replace('.000Z', 'Z'),
  }
}

/** The setting of a flow test, for playing it in the chat. */
export function settingOfTest(test: FlowTest): Setting {
  const contact = Object.entries(test.contact ?? {}).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)])
  return {
    channel: test.channel ?? 'webchat',
    language: test.language ?? '',
    returning: test.returning === true,
    contact: Object.fromEntries(contact),
    now: test.now === undefined ? TEST_START : Date.parse(test.now),
  }
}

/** When a test without a time begins; schemas/flow-test.schema.json says so. */
const TEST_START = Date.UTC(2026, 0, 5, 10)

/** Fields are typed as texts; what the flow declares as a number or yes/no is kept as one. */
function typed(flow: Flow, name: string, value: string): unknown {
  const type = flow.contact_fields?.[name]?.type
  if (type === 'number' && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value)
  if (type === 'boolean') return value === 'true'
  if (type === 'list') return value.split(',').map(entry => entry.trim())
  return value
}
