import { expect, test } from 'vitest'
import { pickJson, readJsonPath } from '../../../server/engine/language/json-path.ts'
import rows from './json-path.json' with { type: 'json' }

const DOCUMENT = { total: 12.5, items: [{ name: 'Lamp' }, { name: 'Desk' }], 'odd key': true, 'a/b': { 'm~n': 1 } }

test.each(rows)('the path “$path”', ({ path, parts, picks }) => {
  const read = readJsonPath(path)
  expect(read).toEqual(parts)
  if (read) expect(pickJson(DOCUMENT, read) ?? null).toEqual(picks === 'everything' ? DOCUMENT : picks)
})
