/** Flow tests: conversations written down beside a flow (`support.test.json`) and played in virtual time. */
import * as Type from 'typebox'
import { choiceSetting, durationSetting, idSetting } from '../blocks/settings.ts'
import type { Problem } from '../errors.ts'
import type { JsonSchema } from './json-schema.ts'
import { tidySchema } from './tidy-schema.ts'

const attachment = (what: string) =>
  Type.Optional(
    Type.Union(
      [
        Type.Literal(true, { title: 'Any' }),
        Type.Object(
          {
            name: Type.Optional(Type.String({ title: 'File name', maxLength: 255 })),
            mime: Type.Optional(Type.String({ title: 'Media type', maxLength: 127 })),
            size: Type.Optional(Type.Integer({ title: 'Bytes', minimum: 0 })),
          },
          { title: 'With details', additionalProperties: false },
        ),
      ],
      {
        title: what,
        description: `Sends ${what === 'Location' ? 'a place' : `an attachment of kind ${what.toLowerCase()}`}; true when its details do not matter.`,
      },
    ),
  )

const sent = Type.Object(
  {
    text: Type.Optional(Type.String({ title: 'Text', description: 'The text, or the caption of the attachment.' })),
    image: attachment('Image'),
    file: attachment('File'),
    audio: attachment('Audio'),
    voice: attachment('Voice'),
    video: attachment('Video'),
    sticker: attachment('Sticker'),
    location: Type.Optional(
      Type.Object(
        {
          latitude: Type.Number({ title: 'Latitude', minimum: -90, maximum: 90 }),
          longitude: Type.Number({ title: 'Longitude', minimum: -180, maximum: 180 }),
          name: Type.Optional(Type.String({ title: 'Name' })),
          address: Type.Optional(Type.String({ title: 'Address' })),
        },
        { title: 'Location', description: 'Shares a place.', additionalProperties: false },
      ),
    ),
    shared_contact: Type.Optional(
      Type.Object(
        { name: Type.String({ title: 'Name' }), phone: Type.String({ title: 'Phone' }) },
        { title: 'Contact', description: "Shares somebody's number.", additionalProperties: false },
      ),
    ),
    album: Type.Optional(Type.String({ title: 'Album', description: 'Parts with the same album are one message.', maxLength: 100 })),
  },
  { title: 'The customer sends', description: 'A message that is more than a text.', additionalProperties: false, minProperties: 1 },
)

const saying = Type.Union(
  [
    Type.String({ title: 'Exactly' }),
    Type.Object(
      {
        text: Type.Optional(Type.String({ title: 'Exactly' })),
        contains: Type.Optional(Type.String({ title: 'Contains' })),
        matches: Type.Optional(
          Type.String({ title: 'Matches', description: 'A pattern that occurs in the text; upper and lower case are the same.', maxLength: 500 }),
        ),
        buttons: Type.Optional(Type.Array(Type.String(), { title: 'Buttons', description: 'The labels of its buttons, in their order.' })),
        attachment: Type.Optional(choiceSetting(['image', 'file', 'audio', 'voice', 'video'], { title: 'Attachment' })),
      },
      { title: 'In part', additionalProperties: false, minProperties: 1 },
    ),
  ],
  { title: 'The bot says', description: 'The next message that the customer gets from the flow.' },
)

const values = (title: string, description: string) =>
  Type.Record(Type.String({ pattern: '^[a-z][a-z0-9_]{0,39}$' }), Type.Unknown(), { title, description, additionalProperties: false })

const expected = Type.Object(
  {
    block: Type.Optional(idSetting({ title: 'Block', description: 'The block that waits.' })),
    owner: Type.Optional(
      choiceSetting(['flow', 'queue', 'agent', 'nobody'], { title: 'Owner', description: 'Who owns the conversation; nobody when it is closed.' }),
    ),
    outcome: Type.Optional(Type.String({ title: 'Outcome', description: 'How the conversation was closed.', maxLength: 100 })),
    variables: Type.Optional(values('Variables', 'Values of some variables; null for one that is not set.')),
    contact: Type.Optional(values('Contact', 'Some fields of the contact; null for one that is not set.')),
    tags: Type.Optional(Type.Array(Type.String({ maxLength: 60 }), { title: 'Tags', description: 'Exactly the tags of the conversation, in any order.' })),
    exits: Type.Optional(
      Type.Array(Type.String({ pattern: '^[a-z][a-z0-9_]{0,39}\\.[a-z][a-z0-9_]{0,39}$', examples: ['length.too_long'] }), {
        title: 'Exits',
        description: 'Exits taken since the last expectation, as block.exit, in their order; others may be between them.',
      }),
    ),
    queue: Type.Optional(Type.String({ title: 'Queue', description: 'The queue in which the conversation waits.', maxLength: 100 })),
    kept: Type.Optional(Type.Integer({ title: 'Kept messages', description: 'How many messages are kept for a later block.', minimum: 0 })),
    language: Type.Optional(Type.String({ title: 'Language', description: 'The language the flow speaks now.', maxLength: 40 })),
    request: Type.Optional(
      Type.String({
        title: 'Request',
        description: 'The call that waits for its answer: its method and address, with secrets by name.',
        maxLength: 8000,
        examples: ['GET https://shop.example.com/orders/48-2210'],
      }),
    ),
    silent: Type.Optional(Type.Literal(true, { title: 'Silent', description: 'The customer got no message that was not looked at yet.' })),
  },
  { title: 'Expect', description: 'What must be true now.', additionalProperties: false, minProperties: 1 },
)

const agentDoes = Type.Union(
  [
    choiceSetting(['join', 'end', 'lost', 'silent', 'transfer'], {
      title: 'Does',
      description: 'Takes the conversation; finishes it; loses the connection; does not answer; gives it to another queue.',
    }),
    Type.Object({ say: Type.String({ title: 'Says' }) }, { title: 'Says', additionalProperties: false }),
    Type.Object({ note: Type.String({ title: 'Notes' }) }, { title: 'Notes for colleagues', additionalProperties: false }),
  ],
  { title: 'The agent' },
)

const queueAnswers = Type.Union(
  [
    choiceSetting(['full', 'closed', 'nobody_on_shift'], { title: 'Refuses' }),
    Type.Object({ position: Type.Integer({ title: 'Position', minimum: 1 }) }, { title: 'Tells the position', additionalProperties: false }),
  ],
  { title: 'The queue', description: 'Answers the conversation that asked for a place or has one.' },
)

const apiAnswers = Type.Union(
  [
    choiceSetting(['timeout', 'unreachable'], { title: 'Fails', description: 'Does not answer in time; cannot be reached.' }),
    Type.Object(
      {
        status: Type.Optional(Type.Integer({ title: 'Status', description: 'The HTTP status; 200 when absent.', minimum: 100, maximum: 599 })),
        json: Type.Optional(Type.Unknown({ title: 'JSON', description: 'The body, as JSON.' })),
        text: Type.Optional(Type.String({ title: 'Text', description: 'The body, as it is.', maxLength: 100_000 })),
      },
      { title: 'Answers', additionalProperties: false },
    ),
  ],
  { title: 'The API', description: 'Answers the call that the flow waits for. APIs are never really called in a test.' },
)

const step = Type.Object(
  {
    customer: Type.Optional(Type.String({ title: 'The customer writes' })),
    start: Type.Optional(
      Type.String({ title: 'The customer opens the chat', description: 'With this payload of a deep link; "" without one.', maxLength: 500 }),
    ),
    press: Type.Optional(
      Type.String({
        title: 'The customer presses',
        description: 'The id of a choice of the menu shown last, the label of any button shown so far, or its whole payload.',
        maxLength: 500,
      }),
    ),
    send: Type.Optional(sent),
    burst: Type.Optional(
      Type.Array(Type.String(), { title: 'The customer writes in pieces', description: 'Several messages, right after each other.', minItems: 2 }),
    ),
    edit: Type.Optional(Type.String({ title: 'The customer edits', description: 'The new text of the last message.' })),
    contact: Type.Optional(
      choiceSetting(['blocked', 'unblocked', 'left'], { title: 'The customer', description: 'Blocks the bot, unblocks it, or closes the chat for good.' }),
    ),
    bot: Type.Optional(saying),
    pass: Type.Optional(durationSetting({ title: 'Time passes', description: 'Like “5 min”; timers fire on their way.' })),
    until: Type.Optional(
      Type.String({
        title: 'Time passes until',
        description: 'A moment with its offset from UTC, or the next time the clock of the flow shows HH:MM.',
        pattern: '^(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2})?(Z|[+-]\\d{2}:\\d{2})|([01]\\d|2[0-3]):[0-5]\\d)$',
        examples: ['2026-03-02T09:00:00Z', '09:00'],
      }),
    ),
    agent: Type.Optional(agentDoes),
    queue: Type.Optional(queueAnswers),
    api: Type.Optional(apiAnswers),
    delivery_fails: Type.Optional(
      choiceSetting(['message', 'contact'], {
        title: 'Delivery fails',
        description: 'The last message to the customer could not be delivered: only that one, or the contact cannot be reached.',
      }),
    ),
    expect: Type.Optional(expected),
  },
  { title: 'Step', description: 'Exactly one of these.', additionalProperties: false, minProperties: 1, maxProperties: 1 },
)

const test = Type.Object(
  {
    name: Type.String({ title: 'Name', description: 'What the test shows, as a sentence.', minLength: 1, maxLength: 200 }),
    channel: Type.Optional(
      Type.String({
        title: 'Channel',
        description: 'Whose limits and abilities apply, like telegram; webchat when absent.',
        pattern: '^[a-z][a-z0-9_]{0,39}$',
        examples: ['telegram'],
      }),
    ),
    language: Type.Optional(
      Type.String({
        title: 'Language',
        description: 'The language the channel tells of the contact.',
        pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$',
        examples: ['de'],
      }),
    ),
    contact: Type.Optional(values('Contact', 'What is known about the contact before, like first_name; declared contact fields too.')),
    returning: Type.Optional(Type.Literal(true, { title: 'Returning', description: 'The contact was greeted before, a day before the test begins.' })),
    now: Type.Optional(
      Type.String({
        title: 'Now',
        description: 'When the test begins, with its offset from UTC; Monday 2026-01-05T10:00:00Z when absent.',
        pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2})?(Z|[+-]\\d{2}:\\d{2})$',
        examples: ['2026-03-02T09:00:00Z'],
      }),
    ),
    steps: Type.Array(step, { title: 'Steps', description: 'The conversation, one thing after the other.', minItems: 1 }),
  },
  { title: 'Test', additionalProperties: false },
)

const testFile = Type.Object(
  {
    $schema: Type.Optional(Type.String({ title: 'Schema', description: 'Where an editor finds this schema.', maxLength: 500 })),
    flow: idSetting({ title: 'Flow', description: 'The id of the flow under test.' }),
    tests: Type.Array(test, { title: 'Tests' }),
  },
  { title: 'Parley flow tests', description: 'Conversations that a flow must be able to hold.', additionalProperties: false },
)

/** A whole test file. */
export type FlowTestFile = Type.Static<typeof testFile>
/** One conversation of it. */
export type FlowTest = Type.Static<typeof test>
/** One thing that happens or is expected; exactly one key is set. */
export type FlowTestStep = Type.Static<typeof step>
/** What an `expect` step asks for. */
export type FlowTestExpectation = Type.Static<typeof expected>

/** A well-formed test file, or why it is none. */
export type FlowTestParsing = { readonly ok: true; readonly file: FlowTestFile } | { readonly ok: false; readonly problems: readonly Problem[] }

/** The schema of a test file. JSON Schema 2020-12. */
export const FLOW_TEST_SCHEMA: JsonSchema = { $schema: 'https://json-schema.org/draft/2020-12/schema', ...tidySchema(testFile) }
