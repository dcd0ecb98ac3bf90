import { describe, expect, test } from 'vitest'
import { blankFlow, copyName, freeId, freeName, idOfName, readChosenFile } from '../../designer/flows/flow-file.ts'
import { parseFlow } from '../../server/engine/index.ts'

describe('ids of new flows', () => {
  test.each([
    ['Orders & returns', 'orders_returns'],
    ['Ünïcode  Café', 'unicode_cafe'],
    ['24 hours', 'flow_24_hours'],
    ['客户支持', 'flow'],
    ['x'.repeat(60), 'x'.repeat(40)],
    [`${'x'.repeat(39)} y`, 'x'.repeat(39)],
  ])('"%s" becomes %s', (name, id) => {
    expect(idOfName(name)).toBe(id)
    expect(id).toMatch(/^[a-z][a-z0-9_]{0,39}$/)
  })

  test('an id that is taken gets a number, within the length that is allowed', () => {
    expect(freeId('support', new Set(['support', 'support_2']))).toBe('support_3')
    expect(freeId('y'.repeat(40), new Set(['y'.repeat(40)]))).toBe(`${'y'.repeat(38)}_2`)
    expect(['Shop', 'Shop (copy)'].map(taken => copyName('Shop', new Set(['Shop', taken])))).toEqual(['Shop (copy)', 'Shop (copy 2)'])
    expect(copyName('Shop', new Set())).toBe('Shop')
    expect(freeName('Order status', new Set(['Order status']))).toBe('Order status 2')
  })
})

test('a blank flow is well-formed', () => {
  expect(parseFlow(JSON.stringify(blankFlow('mine', 'Mine', 'UTC'))).ok).toBe(true)
  expect(blankFlow('mine', 'Mine', 'UTC')).not.toHaveProperty('time_zone')
  const here = parseFlow(JSON.stringify(blankFlow('mine', 'Mine', 'Europe/Berlin')))
  expect(here.ok && here.flow.time_zone).toBe('Europe/Berlin')
})

describe('a chosen file', () => {
  test.each([
    ['{', 'not_json'],
    ['[1]', 'no_flow'],
    ['null', 'no_flow'],
    ['{"id":7}', 'no_flow'],
    ['\uFEFF{"id":"a"}', 'flow'],
  ])('%s is %s', (text, type) => {
    expect(readChosenFile(text).type).toBe(type)
  })
})
