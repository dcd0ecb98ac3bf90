import { describe, expect, it } from 'vitest'
import type { Flow } from '../../server/engine/file/flow.ts'
import { findMessageKeepers } from '../../server/engine/file/message-flow.ts'
import { parsed } from './parsed.ts'

const ask = (exits: object) => ({ type: 'question', text: '?', timeout: '5 min', exits })
const echo = { type: 'message', text: 'You wrote {{ message.text }}' }
const plain = { type: 'message', text: 'Send us a message. Thanks' }

describe('waits that must keep the current message', () => {
  it.each<[string, object, readonly string[]]>([
    ['rule 40: not a question whose answer is the new message', { a: ask({ answered: 'b', invalid: 'b', timeout: 'c' }), b: echo, c: plain }, []],
    [
      'rule 40: a question whose timeout leads to a text that quotes it',
      { a: ask({ answered: 'b', timeout: 'c' }), b: plain, c: { ...plain, exits: { next: 'd' } }, d: echo },
      ['a'],
    ],
    ['rule 40: not when a listen takes another message before', { a: ask({ timeout: 'c' }), c: { type: 'listen', exits: { message: 'd' } }, d: echo }, []],
    [
      'rule 40: a pause in front of a branch',
      { a: { type: 'wait', for: '5 min', exits: { next: 'b' } }, b: { type: 'keywords', cases: [], exits: {} } },
      ['a'],
    ],
    [
      'rule 40: not a pause that leads on with the message that ended it',
      { a: { type: 'wait', for: '5 min', exits: { message: 'b' } }, b: { type: 'keywords', cases: [] } },
      [],
    ],
    ['rule 40: a queue, by every exit', { a: { type: 'queue', queue: 'default', exits: { ended: 'b' } }, b: echo }, ['a']],
    [
      'rule 40: any wait, when silence is answered with a text that quotes it',
      { a: ask({}), s: { type: 'on_inactivity', after: '5 min', exits: { next: 'b' } }, b: echo },
      ['a'],
    ],
    [
      'rule 40: any wait, when an error is answered with a branch',
      { a: ask({}), s: { type: 'on_error', exits: { next: 'b' } }, b: { type: 'message_check' } },
      ['a', 'b'],
    ],
    [
      'rule 40: not for entries that bring a message of their own',
      { a: ask({}), s: { type: 'on_keyword', words: ['help'], exits: { next: 'b' } }, b: echo },
      [],
    ],
    ['rule 40: a question that quotes it, because it may be asked again', { a: { ...ask({}), text: 'Is {{ message.text }} right?' } }, ['a']],
    [
      'rule 40: a wait in front of a condition on it',
      {
        a: { type: 'wait', for: '5 min', exits: { next: 'b' } },
        b: { type: 'condition', cases: [{ id: 'long', all: [{ variable: 'message.length', operator: 'greater', value: 5 }] }] },
      },
      ['a'],
    ],
    ['rule 40: an unknown type, to be safe', { a: ask({ timeout: 'b' }), b: { type: 'from_the_future' } }, ['a', 'b']],
    ['rule 40: loops end', { a: ask({ timeout: 'b' }), b: { ...plain, exits: { next: 'a' } } }, []],
  ])('%s', (_name, blocks, keepers) => {
    expect([...findMessageKeepers(parsed<Flow>({ format: 1, id: 'f', name: 'F', languages: ['en'], blocks }))]).toEqual(keepers)
  })
})
