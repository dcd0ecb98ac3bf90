import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { contrastOf, readableBubble } from '../../server/api/webchat-colour.ts'

const css = await readFile(new URL('../../designer/ui/tokens.css', import.meta.url), 'utf8')
const block = (selector: string): Readonly<Record<string, string>> => {
  const body = css.slice(css.indexOf(selector)).match(/\{([^}]*)\}/)?.[1] ?? ''
  return Object.fromEntries([...body.matchAll(/(--[\w-]+):\s*(#[0-9A-F]{6})\b/gi)].map(match => [match[1], match[2]]))
}
const themes = { light: block('[data-theme="light"]'), dark: block('[data-theme="dark"]') }
const grounds = ['--panel', '--page', '--canvas', '--sunken', '--hover']
const groups = ['--entries', '--talk', '--understand', '--act', '--people', '--finish']

/** Foreground, ground, least contrast. */
const pairs: readonly (readonly [string, string, number])[] = [
  ...['--ink', '--ink-2', '--ink-3'].flatMap(ink => grounds.map(ground => [ink, ground, 4.5] as const)),
  ['--accent', '--panel', 4.5],
  ['--accent', '--hover', 4.5],
  ['--on-accent', '--accent', 4.5],
  ['--on-bubble', '--bubble', 4.5],
  ['--accent-ink', '--accent-soft', 4.5],
  ...[...groups, '--ok', '--warn', '--err'].map(hue => [hue, `${hue}-soft`, 4.5] as const),
  ['--note-ink', '--note', 4.5],
  ['--field', '--panel', 3],
  ['--field', '--sunken', 3],
  ['--wire', '--canvas', 3],
  ['--lit', '--canvas', 3],
  ['--warn-mark', '--canvas', 3],
]

describe.each(Object.entries(themes))('the tokens of the %s theme', (_name, tokens) => {
  test.each(pairs)('%s on %s keeps %d:1', (foreground, ground, least) => {
    expect(contrastOf(tokens[foreground] ?? '', tokens[ground] ?? '')).toBeGreaterThanOrEqual(least)
  })
})

test('both themes have the same tokens', () => {
  expect(Object.keys(themes.dark)).toEqual(Object.keys(themes.light))
  expect(Object.keys(themes.light).length).toBeGreaterThan(40)
})

test('contrast is that of the WCAG formula', () => {
  expect(contrastOf('#000000', '#FFFFFF')).toBeCloseTo(21, 5)
  expect(contrastOf('#777777', '#FFFFFF')).toBeCloseTo(4.48, 2)
  expect(contrastOf('#0B6B78', '#FFFFFF')).toBeCloseTo(6.2, 2)
})

describe('the colour of a connector', () => {
  test.each(['#0B6B78', '#BC2F2A', '#000000', '#767676'])('%s stays: white text can be read on it', colour => {
    expect(readableBubble(colour)).toBe(colour)
  })

  test.each(['#FFD400', '#FFFFFF', '#777777', '#00FF00', '#E4572E', '#ffd400'])('%s is darkened just far enough', colour => {
    const bubble = readableBubble(colour)
    expect(bubble).toMatch(/^#[0-9A-F]{6}$/)
    expect(contrastOf(bubble, '#FFFFFF')).toBeGreaterThanOrEqual(4.5)
    expect(contrastOf(bubble, '#FFFFFF')).toBeLessThan(4.8)
  })
})
