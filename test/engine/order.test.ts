import { expect, it } from 'vitest'
import { mustCompile } from '../../server/engine/file/compile.ts'
import type { Flow } from '../../server/engine/file/flow.ts'
import { said, virtualOf, wrote } from '../helpers/conversation.ts'

it('rule 35: what a flow means does not depend on the order of its keys', () => {
  const flow = (blocks: Flow['blocks']): Flow => ({ format: 1, id: 'flow', name: 'Flow', languages: ['fr'], blocks })
  const start = { type: 'start', exits: { next: 'hello' } }
  const bye = { type: 'end' }
  const one = flow({ start, hello: { type: 'message', text: { en: 'Hello.', de: 'Hallo.' }, exits: { next: 'bye' } }, bye })
  const other = flow({ bye, hello: { exits: { next: 'bye' }, text: { de: 'Hallo.', en: 'Hello.' }, type: 'message' }, start })
  const texts = [one, other].map(file => {
    const runtime = virtualOf(mustCompile(file, { version: 1, hash: 'h' }))
    runtime.receive(wrote('hi'))
    return said(runtime)
  })
  expect(texts).toEqual([['Hallo.'], ['Hallo.']])
})
