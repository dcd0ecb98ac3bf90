import { describe, expect, it } from 'vitest'
import { type DiffSentence, diffFlows, type Flow } from '../../server/engine/index.ts'

const BASE: Flow = {
  format: 1,
  id: 'f',
  name: 'Flow',
  languages: ['en', 'de'],
  variables: { order_number: { type: 'text' } },
  blocks: {
    start: { type: 'start', exits: { next: 'hello' } },
    hello: { type: 'greeting', label: 'Hello', text: { en: 'Good morning to you', de: 'Guten Morgen' }, exits: { next: 'topic' } },
    topic: { type: 'keywords', label: 'Topic', cases: [{ id: 'order', words: ['order', 'parcel'] }], exits: { order: 'ask', else: 'bye' } },
    ask: {
      type: 'question',
      label: 'Order number',
      text: 'Which number?',
      variable: 'order_number',
      timeout: '5 min',
      exits: { answered: 'bye', timeout: 'bye' },
    },
    bye: { type: 'end', label: 'Bye', outcome: 'done' },
  },
  layout: { start: [0, 0], hello: [0, 160] },
}

/** With old words struck and new ones marked. */
const write = (sentence: DiffSentence) => sentence.map(({ text, was }) => (was === 'old' ? `~${text}~` : was === 'new' ? `*${text}*` : text)).join('')

function changes(change: (blocks: Record<string, Flow['blocks'][string]>) => void): readonly string[] {
  const blocks = structuredClone(BASE.blocks) as Record<string, Flow['blocks'][string]>
  change(blocks)
  return diffFlows(BASE, { ...BASE, blocks }).blocks.map(({ kind, name, sentences }) => `${kind} ${name}: ${sentences.map(write).join(' | ')}`)
}

const block = (id: string) => BASE.blocks[id] ?? { type: 'end' }

describe('the difference of two flows in plain words', () => {
  it('is nothing for the same flow, however its keys are ordered', () => {
    const { id, ...rest } = BASE
    const diff = diffFlows(BASE, { ...rest, id, blocks: Object.fromEntries(Object.entries(BASE.blocks).reverse()) })
    expect(diff).toEqual({ blocks: [], connections: [], settings: [], moved: [], same: 5 })
  })

  it.each<[string, (blocks: Record<string, Flow['blocks'][string]>) => void, readonly string[]]>([
    [
      'marks only the words of a text that differ',
      blocks => (blocks.hello = { ...block('hello'), text: { en: 'Good evening to you', de: 'Guten Morgen' } }),
      ['changed Hello: Greeting, en: Good ~morning~ *evening* to you'],
    ],
    [
      'says a setting with its old and new value',
      blocks => (blocks.ask = { ...block('ask'), timeout: '10 min' }),
      [expect.stringMatching(/^changed Order number: .*: ~5~ \*10\* min$/)],
    ],
    [
      'says a word that was added to a case',
      blocks => (blocks.topic = { ...block('topic'), cases: [{ id: 'order', words: ['order', 'parcel', 'where is'] }] }),
      [expect.stringMatching(/^changed Topic: order, words: \*“where is”\*$/)],
    ],
    [
      'says a case that is gone and one that is new',
      blocks => (blocks.topic = { ...block('topic'), cases: [{ id: 'prices', words: ['price'] }] }),
      [expect.stringMatching(/^changed Topic: .*~“order”~ \*“prices”\*$/)],
    ],
    [
      'says where an exit leads now',
      blocks => (blocks.topic = { ...block('topic'), exits: { order: 'bye' } }),
      ['changed Topic: “order” leads to ~Order number~ *Bye*. | “else” no longer leads to ~Bye~.'],
    ],
    [
      'compares a text for all languages with the first one a language',
      blocks => (blocks.ask = { ...block('ask'), text: { en: 'Which order number?', de: 'Welche Nummer?' } }),
      [expect.stringMatching(/^changed Order number: .*, en: Which \*order \*number\? \| .*, de: \*Welche Nummer\?\*$/)],
    ],
    ['says another name', blocks => (blocks.bye = { ...block('bye'), label: 'Good bye' }), ['changed Good bye: Name: ~Bye~ *Good bye*']],
    [
      'says what a new block does and where it comes',
      blocks => {
        blocks.more = { type: 'message', text: 'One moment', exits: { next: 'bye' } }
        blocks.ask = { ...block('ask'), exits: { answered: 'more', timeout: 'bye' } }
      },
      ['changed Order number: “answered” leads to ~Bye~ *Message*.', 'added Message: Says *“One moment”*. | Comes when Order number leaves by “answered”.'],
    ],
    [
      'says what a removed block no longer does, last',
      blocks => {
        delete blocks.ask
        blocks.topic = { ...block('topic'), exits: { else: 'bye' } }
      },
      [
        'changed Topic: “order” no longer leads to ~Order number~.',
        'removed Order number: “answered” no longer leads to Bye. | “timeout” no longer leads to Bye.',
      ],
    ],
    ['says another type', blocks => (blocks.bye = { type: 'abandon', label: 'Bye' }), [expect.stringMatching(/^changed Bye: Is ~End~ \*Abandon\* now\./)]],
  ])('%s', (_name, change, expected) => {
    expect(changes(change)).toEqual(expected)
  })

  it('never takes a template half as old and half as new', () => {
    const asking = (text: string): Flow => ({ ...BASE, blocks: { ...BASE.blocks, ask: { ...block('ask'), text } } })
    const diff = diffFlows(asking('Hi {{ contact.first_name }}, which number?'), asking('Hi {{ contact.last_name }}, which number?'))
    expect(diff.blocks[0]?.sentences.map(write)).toEqual([
      expect.stringMatching(/: Hi ~\{\{ contact.first_name \}\}~ \*\{\{ contact.last_name \}\}\*, which number\?$/),
    ])
  })

  it('knows connections by their exits', () => {
    const { connections } = diffFlows(BASE, { ...BASE, blocks: { ...BASE.blocks, topic: { ...block('topic'), exits: { order: 'bye', unsure: 'ask' } } } })
    expect(connections).toEqual([
      { kind: 'changed', block: 'topic', exit: 'order', from: 'ask', to: 'bye' },
      { kind: 'added', block: 'topic', exit: 'unsure', to: 'ask' },
      { kind: 'removed', block: 'topic', exit: 'else', from: 'bye' },
    ])
  })

  it('tells moves apart from changes', () => {
    expect(diffFlows(BASE, { ...BASE, layout: { start: [0, 0], hello: [64, 160] } })).toMatchObject({ blocks: [], settings: [], moved: ['hello'], same: 5 })
  })

  it('tells of variables, languages and the name', () => {
    const { variables: _variables, ...rest } = BASE
    const { settings } = diffFlows(BASE, { ...rest, name: 'Better flow', languages: ['en'], variables: { topic: { type: 'text' } } })
    expect(settings.map(({ kind, at, sentences }) => [kind, at, sentences.map(write).join()])).toEqual([
      ['changed', '/name', expect.stringContaining('*Better flow*')],
      ['changed', '/languages', expect.stringContaining('~“de”~')],
      ['added', '/variables/topic', 'Variable topic is new.'],
      ['removed', '/variables/order_number', 'Variable order_number is gone.'],
    ])
  })
})
