import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseFlowTest, printFlowTests } from '../../server/engine/index.ts'

const folder = resolve(import.meta.dirname, '../../flows')

describe('printing flow tests', () => {
  it.each(readdirSync(folder).filter(name => name.endsWith('.test.json')))('keeps what %s says and gives the same bytes again', name => {
    const read = parseFlowTest(readFileSync(join(folder, name), 'utf8'))
    if (!read.ok) throw new Error(read.problems[0]?.message)
    const text = printFlowTests(read.file)
    const again = parseFlowTest(text)
    expect(again).toEqual(read)
    if (again.ok) expect(printFlowTests(again.file)).toBe(text)
  })

  it('puts a step on a line', () => {
    const text = printFlowTests({
      flow: 'f',
      tests: [{ steps: [{ customer: 'hi' }, { bot: { contains: 'a', buttons: ['x', 'y'] } }], name: 'n', returning: true }],
    })
    expect(text.split('\n')).toContain('        { "bot": { "contains": "a", "buttons": ["x", "y"] } }')
    expect(text.indexOf('"name"')).toBeLessThan(text.indexOf('"returning"'))
    expect(printFlowTests({ flow: 'f', tests: [] })).toBe('{\n  "flow": "f",\n  "tests": []\n}\n')
  })
})
