/** What the forms do without a browser: reading what people type, writing it into the file, and nothing else. */
import { describe, expect, it } from 'vitest'
import { readRowValue } from '../../../designer/blocks/condition/row-value.ts'
import { inWords, piecesOf, tokenName } from '../../../designer/blocks/gist/tokens.ts'
import { readSetValue } from '../../../designer/blocks/set/value.ts'
import { printStart, readStart, withDeclaration } from '../../../designer/inspector/declaration.ts'
import { lacksLanguage, textIn, withText, withWords, wordsIn } from '../../../designer/inspector/fields/by-language.ts'
import { complete, matching, openedAt, printables } from '../../../designer/inspector/fields/completion.ts'
import { fixedLength, tightestLimit } from '../../../designer/inspector/fields/counter.ts'
import { freshId, idFrom, moved, withoutExit, withRenamedExit } from '../../../designer/inspector/fields/ids.ts'
import { isNeeded, schemaAt, valueAt, withValue } from '../../../designer/inspector/fields/pointer.ts'
import { fillIn, previewOf } from '../../../designer/inspector/fields/preview.ts'
import { readDuration, readTimeOfDay } from '../../../designer/inspector/fields/times.ts'
import { scoreIntents, tryBlock } from '../../../designer/inspector/fields/try-block.ts'
import { renameDeclared, usesOf } from '../../../designer/inspector/rename.ts'
import { ABILITIES } from '../../../server/channels/abilities.ts'
import type { Block, Flow } from '../../../server/engine/index.ts'
import { parseDuration } from '../../../server/engine/index.ts'

const flowOf = (blocks: Record<string, Block>, more: Partial<Flow> = {}): Flow => ({
  format: 1,
  id: 'sample',
  name: 'Sample',
  languages: ['en', 'de'],
  blocks,
  ...more,
})

describe('durations and times as people write them', () => {
  it.each([
    ['10 min', '10 min'],
    ['10min', '10 min'],
    ['90 s', '90 s'],
    ['10 Minutes', '10 minutes'],
    ['1.5 h', '1 h 30 min'],
    ['1,5 hours', '1 h 30 min'],
    ['1h30m', '1 h 30 min'],
    ['an hour', '1 h'],
    ['half an hour', '30 min'],
    ['a day', '1 d'],
    ['2 weeks', '14 d'],
    ['1 hour and 5 minutes', '1 h 5 min'],
  ])('"%s" is %s', (typed, file) => {
    expect(readDuration(typed)).toBe(file)
    expect(parseDuration(file)).not.toBeNull()
  })
  it.each(['', '10', 'soon', '10 minuets', '0.1', '-5 min', '5 min ago'])('"%s" is no duration', typed => expect(readDuration(typed)).toBeUndefined())

  it.each([
    ['8:30', '08:30'],
    ['08.30', '08:30'],
    ['8 pm', '20:00'],
    ['12 am', '00:00'],
    ['12:15 pm', '12:15'],
    ['noon', '12:00'],
    ['23:59', '23:59'],
  ])('"%s" is the time %s', (typed, file) => expect(readTimeOfDay(typed)).toBe(file))
  it.each(['', '8', '25:00', '8:75', '13 pm', 'morning'])('"%s" is no time of day', typed => expect(readTimeOfDay(typed)).toBeUndefined())
})

describe('settings by place', () => {
  const block: Block = {
    type: 'menu',
    text: 'Hi',
    choices: [
      { id: 'a', label: 'A' },
      { id: 'b', label: 'B' },
    ],
  }
  it('reads and writes below lists and parts, and leaves the rest the same object', () => {
    expect(valueAt(block, '/choices/1/label')).toBe('B')
    const next = withValue(block, '/choices/1/label', 'Bee')
    expect(valueAt(next, '/choices/1/label')).toBe('Bee')
    expect(valueAt(next, '/choices/0')).toBe(valueAt(block, '/choices/0'))
    expect(valueAt(withValue({ type: 'listen' }, '/merge/quiet', '3 s'), '/merge')).toEqual({ quiet: '3 s' })
  })
  it('removes a key or an entry with undefined, and appends behind the last', () => {
    expect(valueAt(withValue(block, '/choices/0', undefined), '/choices')).toEqual([{ id: 'b', label: 'B' }])
    expect(Object.keys(withValue(block, '/text', undefined))).toEqual(['type', 'choices'])
    expect(valueAt(withValue(block, '/choices/2', { id: 'c' }), '/choices/2/id')).toBe('c')
  })
  it('finds titles and limits where the definition has them', () => {
    expect(schemaAt('question', '/timeout').title).toBe('Give up after')
    expect(schemaAt('menu', '/choices/3/label').title).toBe('Label')
    expect(schemaAt('rate', '/bands/0/from').maximum).toBe(10)
    expect(schemaAt('queue', '/announce/every').title).toBe('Every')
    expect(schemaAt('nothing', '/at/all')).toEqual({})
    expect([isNeeded('menu', '/text'), isNeeded('message', '/text'), isNeeded('keywords', '/cases/0/words')]).toEqual([true, false, true])
  })
})

describe('texts by language', () => {
  const languages = ['en', 'de']
  it('keeps one text for all until another language has its own', () => {
    expect(withText('Hi', 'en', 'Hello', languages)).toBe('Hello')
    expect(withText('Hi', 'de', 'Hallo', languages)).toEqual({ en: 'Hi', de: 'Hallo' })
    expect(withText('Hi', 'de', '', languages)).toBe('Hi')
    expect(withText({ en: 'Hi', de: 'Hallo' }, 'de', '', languages)).toEqual({ en: 'Hi' })
    expect(withText({ de: 'Hallo' }, 'de', '', languages)).toBe('')
    expect(withWords(['order'], 'de', ['Bestellung'], languages)).toEqual({ en: ['order'], de: ['Bestellung'] })
    expect(wordsIn(['order'], 'de', languages)).toEqual([])
  })
  it('shows what a contact reads instead of a missing translation', () => {
    expect(textIn('Hi', 'de', languages)).toEqual({ own: '', instead: 'Hi' })
    expect(textIn({ en: 'Hi', de: 'Hallo' }, 'de', languages)).toEqual({ own: 'Hallo', instead: 'Hi' })
  })
  it('sees what lacks a language, and takes names for no languages', () => {
    expect(lacksLanguage({ cases: [{ id: 'a', words: { en: ['a'] } }] }, 'de', languages)).toBe(true)
    expect(lacksLanguage({ text: 'for all' }, 'de', languages)).toBe(false)
    expect(lacksLanguage({ text: { en: 'Hi', de: 'Hallo' } }, 'de', languages)).toBe(false)
    expect(lacksLanguage({ variables: { en: 'x' } }, 'de', languages)).toBe(false)
  })
})

describe('names of cases', () => {
  it.each([
    ['Where is my order?', 'where_is_my_order'],
    ['Größe ändern', 'grosse_andern'],
    ['2 weeks', 'weeks'],
    ['再見', ''],
  ])('"%s" becomes %s', (words, id) => expect(idFrom(words)).toBe(id))
  it('never takes one that is there', () => {
    expect(freshId('Order', ['order', 'order_2'], 'case')).toBe('order_3')
    expect(freshId('再見', [], 'case')).toBe('case')
  })
  it('takes the connection along when a case is renamed, and drops it with the case', () => {
    const block: Block = { type: 'keywords', exits: { a: 'one', else: 'two' } }
    expect(withRenamedExit(block, 'a', 'b').exits).toEqual({ b: 'one', else: 'two' })
    expect(withoutExit(block, 'a').exits).toEqual({ else: 'two' })
    expect(withoutExit({ type: 'wait', exits: { next: 'x' } }, 'next')).toEqual({ type: 'wait' })
  })
  it('moves an entry and nothing beyond the ends', () => {
    expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b'])
  })
})

describe('completion of {{', () => {
  const flow = flowOf({}, { variables: { order_number: { type: 'text' } }, contact_fields: { customer_number: { type: 'text' } } })
  const all = printables(flow, new Map([['vars.order_number', 'AB123456']]))
  it('offers what the flow declares first, with the last known value', () => {
    expect(all[0]).toEqual({ path: 'vars.order_number', value: 'AB123456' })
    expect(all.map(each => each.path)).toContain('contact.customer_number')
  })
  it.each([
    ['Hello {{', 8, { from: 6, typed: '' }],
    ['Hello {{ vars.o', 15, { from: 6, typed: 'vars.o' }],
    ['Hello {{ vars.o }} you', 22, undefined],
    ['no braces', 9, undefined],
  ])('in %j at %i', (text, caret, opened) => expect(openedAt(text, caret)).toEqual(opened))
  it('finds parts of names, the best first', () => {
    expect(matching(all, 'order').map(each => each.path)).toEqual(['vars.order_number'])
    expect(matching(all, 'nu')[0]?.path).toBe('vars.order_number')
    expect(matching(all, 'xyz')).toEqual([])
  })
  it('writes the value and takes closing braces along', () => {
    expect(complete('Hello {{ ord }}!', 12, { from: 6, typed: 'ord' }, 'vars.order_number')).toEqual({ text: 'Hello {{ vars.order_number }}!', caret: 29 })
    expect(complete('Hello ', 6, undefined, 'now').text).toBe('Hello {{ now }}')
  })
})

describe('tokens instead of braces', () => {
  it('names what is printed', () => {
    expect(piecesOf('Hi {{ contact.first_name | default: "there" }}!').map(piece => piece.text)).toEqual(['Hi ', 'first name', '!'])
    expect(piecesOf('{% if vars.vip %}A{% endif %}').map(piece => piece.text)).toEqual(['if …', 'A', 'endif'])
    expect([tokenName('message.text'), tokenName('vars.a.b'), inWords('too_long')]).toEqual(['message text', 'a b', 'too long'])
  })
})

describe('counters', () => {
  it('count against the tightest bound channel, with buttons and captions as they are', () => {
    const both = [ABILITIES.telegram, ABILITIES.messenger]
    expect(tightestLimit({ kind: 'text' }, both)).toEqual({ most: ABILITIES.messenger.text, channel: ABILITIES.messenger.title })
    expect(tightestLimit({ kind: 'label' }, both)?.most).toBe(Math.min(ABILITIES.telegram.buttons.label, ABILITIES.messenger.buttons.label))
    expect(tightestLimit({ kind: 'text', attachment: 'image' }, [ABILITIES.telegram])?.most).toBe(1024)
    expect(tightestLimit({ kind: 'text' }, [])).toBeUndefined()
  })
  it('count what is sent whatever the values are', () => expect(fixedLength('Hi {{ vars.name }}!')).toBe(4))
})

describe('previews', () => {
  const setting = { language: 'de', languages: ['en', 'de'], known: new Map([['vars.status', 'sent']]), time_zone: 'UTC', now: 0 }
  it('print known values, defaults, and names for the rest', () => {
    expect(fillIn('It is {{ vars.status }} on {{ vars.day }}, {{ contact.name | default: "you" }}', setting)).toBe('It is sent on ‹day›, you')
    expect(fillIn('broken {{ vars.', setting)).toBe('broken {{ vars.')
  })
  it('show a menu as the channel does: buttons, or a numbered list', () => {
    const choices = Array.from({ length: 20 }, (_, place) => ({ id: `c${place}`, label: { en: `Choice ${place}`, de: `Wahl ${place}` } }))
    const menu: Block = { type: 'menu', text: 'Pick', choices }
    expect(previewOf(menu, ABILITIES.telegram, setting)?.parts.at(-1)?.buttons?.[0]?.label).toBe('Wahl 0')
    expect(
      previewOf(menu, ABILITIES.messenger, setting)
        ?.parts.map(part => part.text)
        .join('\n'),
    ).toContain('1. Wahl 0')
    expect(previewOf({ type: 'message', text: '' }, ABILITIES.telegram, setting)).toBeUndefined()
  })
})

describe('the try-out line', () => {
  const flow = flowOf(
    {
      topic: {
        type: 'keywords',
        cases: [
          { id: 'order', words: { en: ['order'], de: ['Bestellung'] } },
          { id: 'code', words: [], patterns: ['^[A-Z]{2}\\d+$'] },
        ],
        exits: { order: 'gone' },
      },
      length: { type: 'message_check', max_length: 5 },
      age: { type: 'question', text: 'How old are you?', answer: 'number' },
      wish: { type: 'intent', intents: ['prices', 'delivery'] },
    },
    { intents: { prices: { phrases: { en: ['how much is it', 'price list'] } }, delivery: { phrases: { en: ['when does it arrive', 'delivery time'] } } } },
  )
  const say = (block: string, text: string) => tryBlock(flow, block, text, ABILITIES.telegram)
  it('says what the engine does, and why', () => {
    expect(say('topic', 'wheres my ordre')).toEqual({ exit: 'order', why: '“ordre” is close to “order”' })
    expect(say('topic', 'AB12')?.exit).toBe('code')
    expect(say('topic', 'hello')?.exit).toBe('else')
    expect(say('length', 'Good morning')).toEqual({ exit: 'too_long', why: '12 of 5 characters' })
    expect(say('age', 'forty-two')?.exit).toBeUndefined()
    expect(say('age', '42')?.exit).toBe('answered')
    expect(say('wish', 'price list please')?.exit).toBe('prices')
    expect(say('nowhere', 'x')).toBeUndefined()
  })
  it('scores every intent, the best first', () => {
    const [best, second] = scoreIntents(flow, 'how much is it')
    expect(best?.intent).toBe('prices')
    expect(best?.score).toBeGreaterThan(second?.score ?? 1)
    expect(scoreIntents(flow, ' ')).toEqual([])
  })
})

describe('renaming everywhere', () => {
  const flow = flowOf(
    {
      ask: { type: 'question', text: 'Number?', variable: 'order', exits: { answered: 'say' } },
      say: { type: 'message', text: { en: 'It is {{ vars.order | upcase }} and {{ vars.order_2 }}', de: 'vars.order stays' } },
      check: { type: 'condition', cases: [{ id: 'set', all: [{ variable: 'vars.order', operator: 'is', value: '{{ vars["order"] }}' }] }] },
      keep: { type: 'set', variables: { order: '{{ message.text }}', other: '{{ vars.order }}' } },
      pick: { type: 'intent', intents: ['order'], exits: { order: 'say' }, entities: [{ kind: 'number', variable: 'order' }] },
    },
    { variables: { order: { type: 'text' }, order_2: { type: 'text' }, other: { type: 'text' } }, intents: { order: { phrases: {} } } },
  )
  it('renames a variable in texts, rows, settings and values, and nothing that only looks like it', () => {
    const next = renameDeclared(flow, 'variables', 'order', 'order_number')
    expect(Object.keys(next.variables ?? {})).toEqual(['order_number', 'order_2', 'other'])
    expect(next.blocks.ask?.variable).toBe('order_number')
    expect(next.blocks.say?.text).toEqual({ en: 'It is {{ vars.order_number | upcase }} and {{ vars.order_2 }}', de: 'vars.order stays' })
    expect(valueAt(next.blocks.check, '/cases/0/all/0')).toEqual({ variable: 'vars.order_number', operator: 'is', value: '{{ vars.order_number }}' })
    expect(next.blocks.keep?.variables).toEqual({ order_number: '{{ message.text }}', other: '{{ vars.order_number }}' })
    expect(next.blocks.pick?.intents).toEqual(['order'])
    expect(valueAt(next.blocks.pick, '/entities/0/variable')).toBe('order_number')
  })
  it('renames an intent with its exits', () => {
    const next = renameDeclared(flow, 'intents', 'order', 'order_status')
    expect(next.blocks.pick).toMatchObject({ intents: ['order_status'], exits: { order_status: 'say' } })
    expect(next.blocks.ask?.variable).toBe('order')
  })
  it('refuses a name that is taken, and counts uses', () => {
    expect(renameDeclared(flow, 'variables', 'order', 'other')).toBe(flow)
    expect(usesOf(flow, 'variables', 'order')).toEqual(['ask', 'say', 'check', 'keep', 'pick'])
    expect(usesOf(flow, 'variables', 'order_2')).toEqual(['say'])
  })
})

describe('values as they are typed', () => {
  it('reads a row by its type and comparison', () => {
    expect(readRowValue('18', 'at_least', undefined)).toBe(18)
    expect(readRowValue('007', 'is', undefined)).toBe('007')
    expect(readRowValue('7', 'is', 'number')).toBe(7)
    expect(readRowValue('yes', 'is', 'boolean')).toBe(true)
  })
  it('reads what is remembered, and leaves templates to the run', () => {
    expect(readSetValue('1,5', { type: 'number' })).toBe(1.5)
    expect(readSetValue('{{ vars.n }}', { type: 'number' })).toBe('{{ vars.n }}')
    expect(readSetValue('a, b', { type: 'list' })).toEqual(['a', 'b'])
    expect(readSetValue('no', { type: 'boolean' })).toBe(false)
  })
  it('reads what a variable begins as, or says that it cannot', () => {
    expect(readStart('2026-12-24', 'date')).toEqual({ ok: true, value: '2026-12-24' })
    expect(readStart('tomorrow', 'date')).toEqual({ ok: false })
    expect(readStart('', 'number')).toEqual({ ok: true, value: undefined })
    expect(printStart([1, 'b'])).toBe('1, b')
  })
  it('takes the list away with its last declaration', () => {
    const flow = withDeclaration(flowOf({}), 'variables', 'a', { type: 'text' })
    expect(flow.variables).toEqual({ a: { type: 'text' } })
    expect('variables' in withDeclaration(flow, 'variables', 'a', undefined)).toBe(false)
  })
})
