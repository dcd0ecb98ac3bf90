import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileTemplate, type Scope } from '../../../server/engine/language/index.ts'
import { renderWithLiquid } from '../../../server/engine/language/templates.ts'

const scope: Scope = {
  contact: { first_name: 'Ana', fields: { city: 'Bonn' }, tags: ['vip', 'new'] },
  conversation: { language: 'en' },
  message: { text: 'How much?' },
  vars: { count: 3, price: 12.5, empty: '', yes: true, no: false, nothing: null, list: [1, 'two', null], key: 'first_name', day: '2026-12-24' },
  now: Date.UTC(2026, 11, 24, 9, 5, 7),
  time_zone: 'Europe/Berlin',
}

function template(source: string) {
  const compiled = compileTemplate(source)
  if (!compiled.ok) throw new Error(compiled.message)
  return compiled.template
}

const render = (source: string, changes: Partial<Scope> = {}): string => template(source).render({ ...scope, ...changes })

describe('templates', () => {
  it('a text without braces is itself', () => {
    expect(template('Hello { you }').literal).toBe('Hello { you }')
    expect(template('Hello {{ contact.name }}').literal).toBeNull()
  })

  it('rule 36: what is unset reads as empty', () => {
    expect(render('[{{ vars.unknown }}{{ contact.a.b.c }}{{ vars.nothing }}{{ nowhere.at.all }}]')).toBe('[]')
    expect(render('Hello {{ contact.name | default: "there" }}!')).toBe('Hello there!')
  })

  it('prints values as Liquid does', () => {
    expect(render('{{ vars.list }} {{ vars.yes }} {{ vars.price }} {{ contact.tags | join: ", " }}')).toBe('1two true 12.5 vip, new')
  })

  it('names every path that is read, and only those', () => {
    expect(template('{{ contact.fields.city }} {{ vars.a | default: vars.b }} {{ now }}').roots).toEqual(['contact.fields.city', 'vars.a', 'vars.b', 'now'])
    expect(template('{% for tag in contact.tags %}{{ tag }}{% if vars.x %}{{ message.text }}{% endif %}{% endfor %}').roots).toEqual([
      'contact.tags',
      'vars.x',
      'message.text',
    ])
    expect(template('{% assign a = "x" %}{{ a }}').roots).toEqual([])
  })

  it('rule 36: only the date filter formats time, in the zone of the flow', () => {
    expect(render('{{ now }}')).toBe('2026-12-24T10:05:07+01:00')
    expect(render('{{ now }}', { time_zone: 'UTC' })).toBe('2026-12-24T09:05:07Z')
    expect(render('{{ now | date: "%A %-d %B %Y %H:%M" }}')).toBe('Thursday 24 December 2026 10:05')
    expect(render('{{ now | date: "%a %e.%m. %l:%M %p", "America/New_York" }}')).toBe('Thu 24.12.  4:05 AM')
    expect(render('{{ now | date: "%A, %-d. %B" }}', { language: 'de' })).toBe('Donnerstag, 24. Dezember')
    expect(render('{{ "now" | date: "%s" }}')).toBe(String(Date.UTC(2026, 11, 24, 9, 5, 7) / 1000))
    expect(render('{{ vars.day | date: "%d/%m %H:%M %z" }}')).toBe('24/12 00:00 +0100')
    expect(render('{{ 0 | date: "%F %T" }}')).toBe('1970-01-01 01:00:00')
    expect(render('{{ "no day" | date: "%F" }}{{ vars.unknown | date: "%F" }}')).toBe('no day')
  })

  it("rule 36: the machine's zone changes nothing that is printed", () => {
    // Node reads TZ when it starts, so another zone needs another process.
    const program = `
      import { compileTemplate, readDate, nextTime } from './server/engine/language/index.ts'
      const scope = ${JSON.stringify(scope)}
      const { template } = compileTemplate('{{ now }} {{ now | date: "%c %z %Z %j" }} {{ vars.day | date: "%s" }}{% if vars.yes %} {{ now | date }}{% endif %}')
      const context = { now: scope.now, time_zone: scope.time_zone }
      process.stdout.write([template.render(scope), readDate('next friday', context), readDate('24 december', context), nextTime('09:00', context)].join(' | '))`
    const printed = ['UTC', 'Pacific/Apia', 'America/Los_Angeles'].map(TZ =>
      execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], { env: { ...process.env, TZ }, encoding: 'utf8' }),
    )
    expect(printed[0]).toContain('2026-12-24T10:05:07+01:00 Thu Dec 24 10:05:07 2026 +0100')
    expect(new Set(printed).size).toBe(1)
  })

  const value = fc.constantFrom(
    ...['vars.count', 'vars.price', 'vars.empty', 'vars.yes', 'vars.no', 'vars.nothing', 'vars.list', 'vars.unknown.deep', 'contact.first_name', 'contact'],
    ...['contact.tags.size', 'contact.tags.first', 'contact.tags[1]', 'contact["fields"].city', 'message.text', 'message.text.size', 'now', 'nowhere'],
    ...['"a <b> & c"', "'ä ö 👍🏽'", '7', '-2.5', 'true', 'nil', 'blank', 'empty', '(1..3)', 'contact[vars.key]', 'vars.constructor', 'vars.__proto__'],
  )
  const amount = fc.oneof(value, fc.constantFrom('0', '2', '3'))
  const filter = fc.oneof(
    fc.constantFrom(
      ...['abs', 'capitalize', 'ceil', 'date', 'downcase', 'escape', 'first', 'floor', 'json', 'last', 'lstrip', 'newline_to_br', 'reverse', 'round'],
      ...['rstrip', 'size', 'squish', 'strip', 'strip_html', 'strip_newlines', 'uniq', 'upcase', 'url_encode', 'compact', 'sort', 'sum', 'sort_natural'],
    ),
    fc
      .tuple(
        fc.constantFrom(
          ...['append', 'at_least', 'at_most', 'concat', 'date', 'default', 'divided_by', 'join', 'minus', 'modulo', 'plus', 'prepend', 'remove'],
          ...['remove_first', 'remove_last', 'slice', 'split', 'times', 'truncate', 'truncatewords', 'url_decode', 'map', 'round'],
        ),
        amount,
      )
      .map(([name, argument]) => `${name}: ${argument}`),
    fc.tuple(fc.constantFrom('replace', 'replace_first', 'replace_last', 'slice', 'truncate'), amount, amount).map(([name, a, b]) => `${name}: ${a}, ${b}`),
    fc.constantFrom('default: "x", allow_false: true', 'date: "%Y-%m-%dT%H:%M"', 'date: "%A %-d %^b %10N %H"'),
  )
  const output = fc.tuple(value, fc.array(filter, { maxLength: 3 })).map(([start, filters]) => `{{ ${[start, ...filters].join(' | ')} }}`)
  const source = fc.array(fc.oneof(output, fc.constantFrom(' ', 'Hi, ', '{ }', '\n', '{%- raw -%}{{ x }}{% endraw %}', '{{- vars.count -}}')), {
    maxLength: 5,
  })

  it('rule 40: closures and LiquidJS print the same', () => {
    const outcome = (print: () => string): string => {
      try {
        return print()
      } catch (error) {
        return `failed: ${error instanceof Error ? error.message.replace(/, line.*/s, '') : ''}`
      }
    }
    fc.assert(
      fc.property(
        source.map(pieces => pieces.join('')),
        text => {
          const compiled = compileTemplate(text)
          if (!compiled.ok) throw new Error(`${compiled.message} ${text}`)
          expect(outcome(() => compiled.template.render(scope))).toBe(outcome(() => renderWithLiquid(text, scope)))
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('rule 40: tags are run by LiquidJS', () => {
    expect(render('{% for tag in contact.tags %}{{ forloop.index }}. {{ tag | upcase }} {% endfor %}')).toBe('1. VIP 2. NEW ')
    expect(render('{% if vars.count > 2 %}many{% elsif vars.count %}few{% else %}none{% endif %}')).toBe('many')
    expect(render('{% case vars.count %}{% when 3 %}three{% else %}other{% endcase %}{% unless vars.no %}!{% endunless %}')).toBe('three!')
    expect(render('{% assign who = contact.first_name | upcase %}{% capture line %}<{{ who }}>{% endcapture %}{{ line }}{% comment %}x{% endcomment %}')).toBe(
      '<ANA>',
    )
  })

  const refusals: readonly (readonly [string, string, number])[] = [
    ['Hi {{ contact.name | shout }}', 'There is no filter “shout”.', 3],
    ['{{ vars.list | sample }}', 'There is no filter “sample”.', 0],
    ['{{ vars.list | toString }}', 'There is no filter “toString”.', 0],
    ['{% include "secrets" %}', 'There is no tag “include”.', 0],
    ['{% render "package.json" %}', 'There is no tag “render”.', 0],
    ['{% layout "x" %}', 'There is no tag “layout”.', 0],
    ['Hi {{ contact.name', '“{{ contact.name” is not closed with “}}”.', 3],
    ['{% if vars.x %}yes', '“{% if vars.x %}” is not closed.', 0],
  ]
  for (const [text, message, offset] of refusals) {
    it(`says what is wrong in ${text}`, () => expect(compileTemplate(text)).toEqual({ ok: false, message, offset }))
  }

  it('nothing but own values can be reached', () => {
    expect(render('{{ vars.constructor }}{{ vars.__proto__ }}{{ contact.toString }}{{ contact.tags.constructor }}{{ vars.list.map }}')).toBe('')
    expect(render('{% assign a = vars.constructor %}{{ a }}{% if vars.__proto__ %}x{% endif %}')).toBe('')
  })

  it('bombs end with an error, and at the same place every time', () => {
    for (const bomb of [
      '{% for a in (1..90000) %}{% endfor %}',
      '{% for a in (1..1000000000) %}{% endfor %}',
      '{% assign a = "xxxxxxxxxx" %}{% for i in (1..30) %}{% assign a = a | append: a %}{% endfor %}{{ a }}',
      `{{ "x" ${'| append: message.text'.repeat(4)} | split: "" | join: vars.long }}`,
    ]) {
      const once = (): string => template(bomb).render({ ...scope, vars: { long: 'y'.repeat(60_000) } })
      expect(once).toThrow(expect.objectContaining({ code: 'template.failed', message: 'A text could not be filled in: It is too large.' }))
    }
  })

  it('a text is cut at 64 kB', () => {
    const long = 'x'.repeat(40_000)
    expect(render('{{ vars.long }}{{ vars.long }}', { vars: { long } })).toHaveLength(65_536)
    expect(render('{% if true %}{{ vars.long }}{{ vars.long }}{% endif %}', { vars: { long } })).toHaveLength(65_536)
    expect(render(`{{ vars.long }}`, { vars: { long: `${'x'.repeat(65_535)}👍` } })).toHaveLength(65_535)
  })
})
