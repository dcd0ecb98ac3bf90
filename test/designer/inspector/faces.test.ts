/** Faces show the gist at a glance, and a new block is one that a draft can hold. */
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { BLOCK_VIEWS, blockViewOf } from '../../../designer/blocks/index.ts'
import { BLOCK_TYPES, type Block, parseFlow } from '../../../server/engine/index.ts'

const languages = ['en', 'de']
const faceOf = (block: Block) => {
  const view = blockViewOf(block.type)
  if (!view) throw new Error(`There is no face for ${block.type}.`)
  return renderToStaticMarkup(createElement(view.Face, { block, languages }))
    .replace(/<[^>]+>/g, '|')
    .replace(/\|+/g, '|')
    .replace(/^\||\|$/g, '')
    .replaceAll('&quot;', '"')
}

describe('faces', () => {
  it('are there for every block type, in the order of the palette', () => {
    expect(BLOCK_VIEWS.map(view => view.type)).toEqual(BLOCK_TYPES.map(type => type.type))
  })
  it.each<[string, Block]>([
    [
      'Hello |first name|! How can I help?',
      { type: 'greeting', text: { en: 'Hello {{ contact.first_name | default: "there" }}! How can I help?', de: 'Hallo' } },
    ],
    ['What should it say?', { type: 'message', text: '' }],
    [
      'Here it is.|Image Price list|Yes|No',
      {
        type: 'message',
        text: 'Here it is.',
        attachment: { kind: 'image', url: 'https://x', name: 'Price list' },
        buttons: [
          { id: 'a', label: 'Yes' },
          { id: 'b', label: 'No' },
        ],
      },
    ],
    ['Which one?|A number kept as |order number', { type: 'question', text: 'Which one?', answer: 'number', variable: 'order_number' }],
    [
      'order, parcel, where is, +1 · agent',
      {
        type: 'keywords',
        cases: [
          { id: 'a', words: ['order', 'parcel', 'where is', 'eta'] },
          { id: 'b', words: { de: ['agent'] } },
        ],
      },
    ],
    ['No words yet', { type: 'keywords', cases: [] }],
    ['2 intents, sure from 70 %', { type: 'intent', intents: ['a', 'b'], threshold: 0.7 }],
    ['Up to 4,096 characters, at least 1', { type: 'message_check', max_length: 4096, min_length: 1 }],
    ['Up to what the channel can send', { type: 'message_check' }],
    [
      'age| is at least 18 +1',
      {
        type: 'condition',
        cases: [
          {
            id: 'a',
            all: [
              { variable: 'vars.age', operator: 'at_least', value: 18 },
              { variable: 'contact.email', operator: 'is_set' },
            ],
          },
        ],
      },
    ],
    ['order number| = |message text|+ order', { type: 'set', variables: { order_number: '{{ message.text }}' }, add_tags: ['order'] }],
    ['Until 08:30', { type: 'wait', until: '08:30' }],
    ['Support · waits up to 10 min', { type: 'queue', queue: 'support', max_wait: '10 min' }],
    ['No queue chosen', { type: 'queue', queue: '' }],
    ['How was it?|1 to 5 kept as |stars', { type: 'rate', text: 'How was it?', bands: [], variable: 'stars' }],
    ['“/help”, “help” at any point', { type: 'on_keyword', words: ['/help', 'help'] }],
    ['After 30 min of silence', { type: 'on_inactivity', after: '30 min' }],
    ['Reason: Waited too long', { type: 'abandon', reason: 'Waited too long' }],
  ])('%s', (gist, block) => expect(faceOf(block)).toBe(gist))

  it.each(BLOCK_TYPES.map(({ type }) => type))('a new %s is well-formed, and has a gist exactly when it shows one', type => {
    const view = blockViewOf(type)
    const block = view?.fresh() ?? { type }
    const parsed = parseFlow(JSON.stringify({ format: 1, id: 'new', name: 'New', languages: ['en'], blocks: { block } }))
    expect(parsed.ok ? [] : parsed.problems).toEqual([])
    expect(faceOf(block) !== '').toBe(view?.hasGist(block))
  })
})
