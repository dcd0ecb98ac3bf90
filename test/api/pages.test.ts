import { afterEach, beforeEach, expect, test } from 'vitest'
import { createPages, type Pages, watchTranscripts } from '../../server/api/pages.ts'
import type { Store } from '../../server/store/index.ts'
import { openTestStore, type TestStore } from '../helpers/stores.ts'
import { eventRow } from '../store/rows.ts'

let place: TestStore
let pages: Pages
let store: Store
let heard: string[]

beforeEach(async () => {
  place = await openTestStore()
  pages = createPages()
  store = watchTranscripts(place.store, pages)
  heard = []
})
afterEach(() => place.end())

const listen = (address: string, contact: string) => {
  pages.subscribe(address, () => heard.push(address))
  pages.bind(contact, address)
}

test('a page hears of what was committed about its contact, and of nobody else', async () => {
  listen('here', 'a')
  listen('there', 'b')
  await store.commit(store.events.insert([eventRow('a', 1)]))
  expect(heard).toEqual(['here'])
})

test('a page that opens between a decision and its commit hears of it', async () => {
  const writes = store.events.insert([eventRow('a', 1)])
  listen('here', 'a')
  await store.commit(writes)
  expect(heard).toEqual(['here'])
})

test('what has nothing to do with transcripts is not told', async () => {
  const before = store.events.insert([eventRow('a', 1)])
  await store.commit(before)
  listen('here', 'a')
  await store.commit(store.facts.set('x', '1'))
  expect(heard).toEqual([])
})
