/** Random things that happen to a conversation, for property tests. */
import fc from 'fast-check'
import type { Event, HttpAnswer, InboundMessage } from '../../server/engine/index.ts'

/** Something that happens, or time that passes. */
export type Happening =
  | { readonly type: 'event'; readonly event: Event }
  | { readonly type: 'pass'; readonly ms: number }
  | { readonly type: 'press_shown'; readonly nth: number }
  /** The call that waits, if there is one, is answered. */
  | { readonly type: 'answer_call'; readonly answer: HttpAnswer }

const words = fc.constantFrom(
  'agent',
  'hello',
  'my order 48-2210',
  'stop',
  '1',
  '2',
  'yes',
  '',
  'prices please',
  'ana@example.com',
  '+49 30 123456',
  'x'.repeat(5000),
  'back',
  '👋',
)
const messages: fc.Arbitrary<InboundMessage> = fc
  .record({
    id: fc.nat(40),
    text: words,
    attachment: fc.option(fc.constantFrom('image', 'file', 'voice'), { freq: 6 }),
    album: fc.option(fc.constantFrom('a1', 'a2'), { freq: 8 }),
  })
  .map(({ id, text, attachment, album }) => ({
    id: `m${id}`,
    text,
    ...(attachment ? { attachments: [{ kind: attachment, size: 1000 }] } : {}),
    ...(album ? { album } : {}),
  }))

const agent = { id: 'a1', name: 'Ana' }
const queueOf = fc.option(fc.constantFrom('default', 'support'), { nil: undefined })

const answers = fc.constantFrom<HttpAnswer>(
  { status: 200, values: { total: 12.5, 'items[0].name': 'Lamp' } },
  { status: 200 },
  { status: 200, unreadable: 'The answer is no JSON.' },
  { status: 404 },
  { status: 503 },
  { failure: 'unreachable', why: 'shop.example.com refuses connections' },
)

/** Events as a channel, an agent or an operator may bring them, at any time. */
export const randomEvent: fc.Arbitrary<Event> = fc.oneof(
  { weight: 10, arbitrary: messages.map((message): Event => ({ type: 'message_received', message })) },
  { weight: 1, arbitrary: fc.constantFrom<Event>({ type: 'conversation_started' }, { type: 'conversation_started', payload: 'promo' }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.nat(12), fc.constantFrom('yes', 'no', 'other'))
      .map(([wait, choice]): Event => ({ type: 'button_pressed', payload: `${wait}:${choice}`, press: 'p' })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Event>(
      { type: 'button_pressed', payload: 'GET_PRICES', title: 'Prices' },
      { type: 'message_edited', message_id: 'm1', text: 'new' },
      { type: 'message_deleted', message_id: 'm2' },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Event>(
      { type: 'agent_joined', agent },
      { type: 'agent_said', agent, text: 'Hello, Ana here.' },
      { type: 'agent_noted', agent, text: 'A note.' },
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('ended', 'transferred', 'lost', 'silent'), queueOf)
      .map(([cause, queue]): Event => ({ type: 'agent_left', cause, ...(queue ? { queue } : {}) })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Event>(
      { type: 'contact_blocked' },
      { type: 'contact_unblocked' },
      { type: 'contact_left' },
      { type: 'contact_changed', language: 'de', fields: { vip: true } },
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.nat(9), fc.constantFrom('message', 'contact'))
      .map(([wait, level]): Event => ({ type: 'delivery_failed', delivery: 1, wait, level, reason: 'refused' })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Event>(
      { type: 'conversation_closed', by: 'Olga' },
      { type: 'conversation_restarted', by: 'Olga' },
      { type: 'conversation_handed_over', by: 'Olga' },
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('start', 'b1', 'b2', 'b3'), fc.constantFrom('move', 'restart'))
      .map(([block, how]): Event => ({ type: 'conversation_moved', by: 'Olga', flow: 'random', from: 1, block, version: 1, how })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.nat(9), fc.constantFrom('wait', 'quiet', 'inactivity', 'announce', 'queue', 'expiry'))
      .map(([wait, timer]): Event => ({ type: 'timer_fired', timer, wait })),
  },
  { weight: 1, arbitrary: fc.tuple(fc.nat(9), answers).map(([wait, answer]): Event => ({ type: 'http_answered', wait, answer })) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.nat(9), fc.nat(3)).map(([wait, position]): Event => ({ type: 'queue_position', wait, queue: 'support', position: position + 1 })),
  },
)

/** A list of happenings; presses on buttons that were shown are found when played. */
export const randomHappenings: fc.Arbitrary<readonly Happening[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: randomEvent.map((event): Happening => ({ type: 'event', event })) },
    { weight: 2, arbitrary: fc.constantFrom(500, 3000, 61_000, 3_600_000, 90_000_000).map((ms): Happening => ({ type: 'pass', ms })) },
    { weight: 2, arbitrary: fc.nat(5).map((nth): Happening => ({ type: 'press_shown', nth })) },
    { weight: 2, arbitrary: answers.map((answer): Happening => ({ type: 'answer_call', answer })) },
  ),
  { maxLength: 40 },
)
