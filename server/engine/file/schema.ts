/**
 * The schema of a flow file, format 1, made from the block types: the forms' limits, the documentation and the completion in editors come from it.
 * The order of its keys is the order in which a file is printed (rule 35).
 */
import type { BlockType } from '../blocks/block.ts'
import { BLOCK_TYPES } from '../blocks/index.ts'
import { textSetting, wordsSetting } from '../blocks/settings.ts'
import { type JsonSchema, resolve } from './json-schema.ts'
import { shareSchemas, tidySchema } from './tidy-schema.ts'

/** Ids of flows, blocks, variables and intents, and names of exits. */
export const ID_PATTERN = '^[a-z][a-z0-9_]{0,39}$'
/** A language as BCP 47 writes it: en, de, pt-BR. */
export const LANGUAGE_PATTERN = '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'
/** The newest format this release reads; it writes no other. */
export const FORMAT = 1
/** Largest file: characters, and bytes as UTF-8. */
export const MOST_BYTES = 4 * 1024 * 1024
/** Largest number of blocks in a flow. */
export const MOST_BLOCKS = 2000

const id = (title: string, description: string): JsonSchema => ({ title, description, type: 'string', pattern: ID_PATTERN })
const note: JsonSchema = { title: 'Note', description: 'For people who read the flow; contacts never see it.', type: 'string', maxLength: 20_000 }
const map = (title: string, description: string, entry: JsonSchema, most: number): JsonSchema => ({
  title,
  description,
  type: 'object',
  propertyNames: { pattern: ID_PATTERN },
  additionalProperties: entry,
  maxProperties: most,
})
const ref = (name: string): JsonSchema => ({ $ref: `#/$defs/${name}` })

const position: JsonSchema = {
  title: 'Position',
  description: 'Across and down, in pixels of the canvas.',
  type: 'array',
  prefixItems: [
    { type: 'number', minimum: -1_000_000, maximum: 1_000_000 },
    { type: 'number', minimum: -1_000_000, maximum: 1_000_000 },
  ],
  items: false,
  minItems: 2,
}

const canvasNote: JsonSchema = {
  title: 'Frame or note',
  type: 'object',
  required: ['text', 'at'],
  additionalProperties: false,
  properties: {
    text: { title: 'Text', type: 'string', maxLength: 20_000 },
    at: { ...position, title: 'At' },
    size: { ...position, title: 'Size', description: 'Width and height.' },
  },
}

const EXITS =
  'Where each way out of the block leads: the name of the exit and the id of a block. An exit that is not here is not connected. Any block may connect “error”.'

const exits: JsonSchema = {
  title: 'Exits',
  description: EXITS,
  type: 'object',
  propertyNames: { pattern: ID_PATTERN },
  additionalProperties: { title: 'Leads to', description: 'The id of a block.', type: 'string', pattern: ID_PATTERN },
  maxProperties: 500,
}

const DEFAULTS: Readonly<Record<string, { readonly says: string; readonly schema: JsonSchema }>> = {
  text: { says: 'Any text.', schema: { type: 'string', maxLength: 8000 } },
  number: { says: 'A number.', schema: { type: 'number' } },
  boolean: { says: 'Yes or no.', schema: { type: 'boolean' } },
  date: {
    says: 'A day or a moment.',
    schema: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?(Z|[+-]\\d{2}:\\d{2})?)?$' },
  },
  list: {
    says: 'Several values, one after the other.',
    schema: { type: 'array', maxItems: 500, items: { type: ['string', 'number', 'boolean', 'null'], maxLength: 8000 } },
  },
}

const declaration: JsonSchema = {
  title: 'Declared value',
  oneOf: Object.entries(DEFAULTS).map(([type, { says, schema }]) => ({
    title: type,
    description: says,
    type: 'object',
    required: ['type'],
    additionalProperties: false,
    properties: {
      type: { title: 'Type', const: type },
      default: { title: 'Default', description: 'The value until something sets it. Without it the value is empty.', ...schema },
      sensitive: { title: 'Sensitive', description: 'Not shown in transcripts and logs.', type: 'boolean' },
      note,
    },
  })),
}

const intent: JsonSchema = {
  title: 'Intent',
  description: 'Something a contact may want, learned from phrases.',
  type: 'object',
  required: ['phrases'],
  additionalProperties: false,
  properties: {
    phrases: {
      title: 'Training phrases',
      description: 'By language. Ten or more different ones each work best.',
      type: 'object',
      propertyNames: { pattern: LANGUAGE_PATTERN },
      additionalProperties: { type: 'array', maxItems: 1000, items: { type: 'string', maxLength: 500 } },
      maxProperties: 30,
    },
    note,
  },
}

/** What many settings are: written once, so that schema and validator stay small. */
const shared: Readonly<Record<string, JsonSchema>> = {
  text: tidySchema(textSetting({ title: 'Text', description: 'One text for all languages, or one a language; may contain {{ variables }}.' })),
  words: tidySchema(wordsSetting({ title: 'Words', description: 'Words and phrases for all languages, or by language.' })),
}

/** The schema of one block: its settings between what every block carries. */
function schemaOfBlock(type: BlockType): JsonSchema {
  const settings = shareSchemas(tidySchema(type.schema), shared)
  const ways = type.exits(type.example).map(exit => exit.name)
  return {
    title: type.title,
    description: type.purpose,
    examples: [type.example],
    type: 'object',
    required: ['type', ...(settings.required ?? [])],
    additionalProperties: false,
    properties: {
      type: { title: 'Type', description: type.purpose, const: type.type },
      label: { title: 'Label', description: 'The name on the canvas. The id when it is absent.', type: 'string', maxLength: 120 },
      note: ref('note'),
      ...settings.properties,
      exits: { ...(ways.length > 0 ? { description: `${EXITS} Here for example: ${ways.join(', ')}.` } : {}), ...ref('exits') },
    },
  }
}

/** The whole schema. JSON Schema 2020-12. */
export const FLOW_SCHEMA: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Parley flow',
  description: 'A chat scenario: blocks joined by connections.',
  type: 'object',
  required: ['format', 'id', 'name', 'languages', 'blocks'],
  additionalProperties: false,
  properties: {
    $schema: { title: 'Schema', description: 'Where an editor finds this schema.', type: 'string', maxLength: 500 },
    format: { title: 'Format', description: 'The number of the file format. Older files are brought up to date when they are read.', const: FORMAT },
    parley: {
      title: 'Least release',
      description: 'The oldest release of Parley that can run this flow, like 0.1.0.',
      type: 'string',
      pattern: '^\\d{1,5}\\.\\d{1,5}\\.\\d{1,5}$',
    },
    id: id('Id', 'The stable name of the flow. Renaming it makes another flow.'),
    name: { title: 'Name', type: 'string', minLength: 1, maxLength: 120 },
    note,
    tags: {
      title: 'Tags',
      description: 'To find the flow in the list.',
      type: 'array',
      maxItems: 50,
      uniqueItems: true,
      items: { type: 'string', minLength: 1, maxLength: 60 },
    },
    languages: {
      title: 'Languages',
      description: 'The languages of the flow. Where a text lacks one, the first is used.',
      type: 'array',
      minItems: 1,
      maxItems: 30,
      uniqueItems: true,
      items: { type: 'string', pattern: LANGUAGE_PATTERN },
    },
    time_zone: {
      title: 'Time zone',
      description: 'Its IANA name, like Europe/Berlin. UTC when absent.',
      type: 'string',
      pattern: '^[A-Za-z][A-Za-z0-9_+/-]{0,63}$',
    },
    variables: map('Variables', 'What the flow remembers during a conversation. Read them in texts as {{ vars.name }}.', ref('declaration'), 500),
    contact_fields: map(
      'Contact fields',
      'What is remembered about a contact beyond this conversation. Read them in texts as {{ contact.name }}.',
      ref('declaration'),
      500,
    ),
    intents: map('Intents', 'What contacts may want, for blocks of type intent.', ref('intent'), 500),
    blocks: map('Blocks', 'The steps of the flow by id. An id is stable: rename the label instead.', ref('block'), MOST_BLOCKS),
    layout: {
      title: 'Layout',
      description: 'Where blocks, frames and notes are on the canvas. Never part of what the flow does.',
      type: 'object',
      properties: {
        $frames: { ...map('Frames', 'Titled areas behind blocks.', ref('canvas_note'), 500) },
        $notes: { ...map('Notes', 'Notes on the canvas.', ref('canvas_note'), 1000) },
      },
      patternProperties: { [ID_PATTERN]: position },
      additionalProperties: false,
      maxProperties: MOST_BLOCKS + 2,
    },
  },
  $defs: {
    block: {
      title: 'Block',
      description: 'One step on the canvas.',
      // Ajv looks at the discriminator of objects only: without it a block could be null.
      type: 'object',
      discriminator: { propertyName: 'type' },
      oneOf: BLOCK_TYPES.map(type => ref(`block_${type.type}`)),
    },
    ...Object.fromEntries(BLOCK_TYPES.map(type => [`block_${type.type}`, schemaOfBlock(type)])),
    declaration,
    intent,
    canvas_note: canvasNote,
    exits,
    note,
    ...shared,
  },
}

/** The schema of a block of a type, or undefined when there is no such type. */
export function blockSchema(type: string): JsonSchema | undefined {
  const defs = FLOW_SCHEMA.$defs ?? {}
  const name = `block_${type}`
  return Object.hasOwn(defs, name) ? resolve(FLOW_SCHEMA, { $ref: `#/$defs/${name}` }) : undefined
}
