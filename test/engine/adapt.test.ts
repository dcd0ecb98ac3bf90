import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adaptMessage, type LogicalMessage } from '../../server/engine/adapt.ts'
import type { Abilities } from '../../server/engine/index.ts'
import { splitText } from '../../server/engine/language/index.ts'

const native = { send: 'native', max_bytes: 1e6 } as const

/** A channel that can do everything, within small limits. */
const rich: Abilities = {
  channel: 'rich',
  title: 'Rich',
  text: 40,
  caption: 20,
  buttons: { most: 3, label: 10, text: 30, url: true, payload: 64, as_text: false },
  attachments: { image: native, file: native, audio: native, voice: native, video: native },
  location: 'native',
  typing_ms: 0,
  edit: false,
  receipts: { delivered: false, read: false },
  tells: { start_payload: false, edited: false, blocked: false, left: false },
  window_hours: null,
  rate: { per_second: 0, burst: 0, per_contact: 0, per_contact_burst: 0 },
  sources: [],
}

/** A channel of texts only. */
const poor: Abilities = {
  ...rich,
  channel: 'poor',
  title: 'Poor',
  caption: 0,
  buttons: { most: 0, label: 0, text: 0, url: false, payload: 0, as_text: true },
  attachments: { ...rich.attachments, image: { send: 'link', max_bytes: 0 }, video: { send: 'none', max_bytes: 0 } },
  location: 'link',
}

const buttons = (...labels: readonly string[]) => labels.map((label, i) => ({ label, payload: `1:${i}` }))
const image = { kind: 'image', url: 'https://files.example/a.png', name: 'Map' } as const

describe('limits of single kinds', () => {
  const site = { label: 'Shop', url: 'https://shop.example.com' }
  const yes = { label: 'Yes', payload: '1:yes' }

  it('shows fewer buttons where one of them opens an address', () => {
    const channel: Abilities = { ...rich, text: 100, buttons: { ...rich.buttons, most: 13, url: true, with_url: { most: 1, text: 20 } } }
    expect(adaptMessage({ text: 'Next?', buttons: [yes, yes] }, channel).parts[0]?.buttons).toHaveLength(2)
    expect(adaptMessage({ text: 'Next?', buttons: [yes, site] }, channel).parts).toEqual([{ text: 'Next?\n\n1. Yes\n2. Shop: https://shop.example.com' }])
    expect(adaptMessage({ text: 'Next?', buttons: [site] }, channel).parts).toEqual([{ text: 'Next?', buttons: [site] }])
  })

  it('keeps the caption of a kind that has one of its own', () => {
    const channel: Abilities = { ...rich, caption: 100, attachments: { ...rich.attachments, audio: { ...rich.attachments.audio, caption: 0 } } }
    const sound = { kind: 'audio', url: 'https://cdn.example.com/a.mp3' } as const
    expect(adaptMessage({ text: 'Listen', attachment: sound }, channel).parts).toEqual([{ attachment: sound }, { text: 'Listen' }])
  })
})

describe('adapt', () => {
  it('a text that fits goes out as it is', () => {
    expect(adaptMessage({ text: ' Hello\n' }, rich)).toEqual({ parts: [{ text: ' Hello\n' }], notes: [] })
  })

  it('nothing becomes no part', () => {
    for (const message of [{}, { text: '' }, { text: ' \n' }, { buttons: [] }]) expect(adaptMessage(message, rich)).toEqual({ parts: [], notes: [] })
  })

  it('rule 15: lengths are UTF-16 units', () => {
    expect(adaptMessage({ text: '👍'.repeat(20) }, rich).parts).toHaveLength(1)
    expect(adaptMessage({ text: '👍'.repeat(21) }, rich).parts.map(({ text }) => text)).toEqual(['👍'.repeat(20), '👍'])
  })

  const splits: readonly (readonly [string, string, readonly string[]])[] = [
    ['at the end of a paragraph', 'One. Two three four.\n\nFive six seven. Eight nine ten.', ['One. Two three four.', 'Five six seven. Eight nine ten.']],
    ['at the end of a sentence', 'Your order is on its way. It should arrive tomorrow.', ['Your order is on its way.', 'It should arrive tomorrow.']],
    ['at the end of a Japanese sentence', `${'あ'.repeat(29)}。${'い'.repeat(19)}。`, [`${'あ'.repeat(29)}。`, `${'い'.repeat(19)}。`]],
    ['at the end of a line', 'first line without a stop\nsecond line without a stop', ['first line without a stop', 'second line without a stop']],
    ['at the end of a word', 'one two three four five six seven eight nine', ['one two three four five six seven eight', 'nine']],
    ['not at the point of a figure', `It costs exactly 1234567890123456789.50 euros`, ['It costs exactly 1234567890123456789.50', 'euros']],
    ['between two visible characters', `${'x'.repeat(38)}👩‍👩‍👧‍👦`, ['x'.repeat(38), '👩‍👩‍👧‍👦']],
    ['between two flags', '🇩🇪'.repeat(11), ['🇩🇪'.repeat(10), '🇩🇪']],
    [
      'not between a stop and its variation selector',
      `${'あ'.repeat(29)}。\ufe00${'い'.repeat(19)}`,
      [`${'あ'.repeat(29)}。\ufe00${'い'.repeat(9)}`, 'い'.repeat(10)],
    ],
    ['between letters with marks', 'e\u0301'.repeat(21), ['e\u0301'.repeat(20), 'e\u0301']],
  ]
  for (const [where, text, wanted] of splits) it(`rule 30: a long text is split ${where}`, () => expect(splitText(text, 40)).toEqual(wanted))

  it('rule 30: a long row of flags is never cut inside one', () => {
    expect(splitText('🇩🇪'.repeat(40), 102)).toEqual(['🇩🇪'.repeat(25), '🇩🇪'.repeat(15)])
  })

  it('rule 30: buttons are on the last part, and it is small enough for them', () => {
    const { parts } = adaptMessage({ text: 'Your order is on its way. It should arrive tomorrow, I think.', buttons: buttons('Track', 'Stop') }, rich)
    expect(parts).toEqual([
      { text: 'Your order is on its way.' },
      { text: 'It should arrive tomorrow, I' },
      { text: 'think.', buttons: buttons('Track', 'Stop') },
    ])
  })

  it('more buttons than the channel shows become a numbered list', () => {
    const { parts, notes } = adaptMessage({ text: 'Topic?', buttons: buttons('A', 'B', 'C', 'D') }, rich)
    expect(parts).toEqual([{ text: 'Topic?\n\n1. A\n2. B\n3. C\n4. D' }])
    expect(notes).toEqual(['Rich cannot show these buttons: they are a numbered list.'])
  })

  it('labels that would be cut become a numbered list', () => {
    expect(adaptMessage({ text: 'Topic?', buttons: buttons('Prices', 'Opening hours') }, rich).parts).toEqual([
      { text: 'Topic?\n\n1. Prices\n2. Opening hours' },
    ])
  })

  it('buttons without a text are a list of their own', () => {
    expect(adaptMessage({ buttons: buttons('A', 'B') }, rich).parts).toEqual([{ text: '1. A\n2. B' }])
  })

  it('a button that opens an address is a line of text where the channel has none', () => {
    const link = { label: 'Site', url: 'https://example.com' }
    const both = { text: 'Hi', buttons: [...buttons('A'), link] }
    expect(adaptMessage(both, rich).parts).toEqual([{ text: 'Hi', buttons: both.buttons }])
    const noLinks = { ...rich, buttons: { ...rich.buttons, url: false } }
    expect(adaptMessage(both, noLinks).parts).toEqual([{ text: 'Hi\n\nSite: https://example.com', buttons: buttons('A') }])
    expect(adaptMessage(both, poor).parts).toEqual([{ text: 'Hi\n\n1. A\n2. Site: https://example.com' }])
  })

  it('a payload that does not fit makes a list, unless a press is text anyway', () => {
    const small = { ...rich, buttons: { ...rich.buttons, payload: 2 } }
    expect(adaptMessage({ text: 'Hi', buttons: buttons('A') }, small).parts).toEqual([{ text: 'Hi\n\n1. A' }])
    expect(adaptMessage({ text: 'Hi', buttons: buttons('A') }, { ...small, buttons: { ...small.buttons, as_text: true } }).parts).toEqual([
      { text: 'Hi', buttons: buttons('A') },
    ])
  })

  it('a text that fits is the caption of its attachment, with the buttons', () => {
    expect(adaptMessage({ text: 'Our shop', attachment: image, buttons: buttons('A') }, rich).parts).toEqual([
      { text: 'Our shop', attachment: image, buttons: buttons('A') },
    ])
    expect(adaptMessage({ attachment: image, buttons: buttons('A') }, rich).parts).toEqual([{ attachment: image, buttons: buttons('A') }])
  })

  it('a longer text follows its attachment as a message of its own', () => {
    expect(adaptMessage({ text: 'Here you find our shop.', attachment: image, buttons: buttons('A') }, rich).parts).toEqual([
      { attachment: image },
      { text: 'Here you find our shop.', buttons: buttons('A') },
    ])
    expect(adaptMessage({ text: 'Hi', attachment: image }, { ...rich, caption: 0 }).parts).toEqual([{ attachment: image }, { text: 'Hi' }])
  })

  it('an attachment that the channel cannot show becomes its address', () => {
    expect(adaptMessage({ text: 'Hi', attachment: image }, poor)).toEqual({
      parts: [{ text: 'Hi\n\nMap: https://files.example/a.png' }],
      notes: ['Poor takes no images: its address is sent instead.'],
    })
  })

  it('an attachment that the channel refuses is left out with a reason, and the rest is said', () => {
    expect(adaptMessage({ text: 'Hi', attachment: { kind: 'video', url: 'https://files.example/a.mp4' } }, poor)).toEqual({
      parts: [{ text: 'Hi' }],
      notes: ['Poor takes no videos: it is left out.'],
    })
    expect(adaptMessage({ attachment: { kind: 'image', file: 'f1' } }, poor)).toEqual({
      parts: [],
      notes: ['Poor takes no images, and this one has no public address: it is left out.'],
    })
  })

  it('a sticker is sent as an image', () => {
    expect(adaptMessage({ attachment: { kind: 'sticker', file: 'f1' } }, rich).parts).toEqual([{ attachment: { kind: 'image', file: 'f1' } }])
  })

  it('a place is shown, or becomes the address of a map', () => {
    const location = { latitude: 52.5, longitude: -13.25, name: 'Shop', address: 'Main St 1' }
    expect(adaptMessage({ text: 'Here', location, buttons: buttons('A') }, rich).parts).toEqual([{ location }, { text: 'Here', buttons: buttons('A') }])
    expect(adaptMessage({ location }, poor).parts.map(({ text }) => text?.split('\n')[0])).toEqual([
      'Shop, Main St 1',
      'https://maps.google.com/?q=52.5,-13.25',
    ])
    expect(adaptMessage({ location }, { ...poor, location: 'none' })).toEqual({ parts: [], notes: ['Poor takes no places: it is left out.'] })
  })

  const text = fc.string({
    unit: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...'ab .!?\n—。', '👍🏽', '🇩🇪', '👩‍👩‍👧‍👦', 'e\u0301') },
      { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }) },
    ),
    maxLength: 300,
  })
  const support = fc.constantFrom('native' as const, 'link' as const, 'none' as const)
  const abilities = fc
    .record({
      text: fc.integer({ min: 20, max: 120 }),
      caption: fc.nat({ max: 60 }),
      most: fc.nat({ max: 4 }),
      label: fc.integer({ min: 1, max: 12 }),
      own: fc.integer({ min: 20, max: 60 }),
      url: fc.boolean(),
      image: support,
      location: support,
    })
    .map(
      ({ text, caption, most, label, own, url, image, location }): Abilities => ({
        ...rich,
        text,
        caption,
        buttons: { ...rich.buttons, most, label, text: Math.min(own, text), url },
        attachments: { ...rich.attachments, image: { send: image, max_bytes: 1 } },
        location,
      }),
    )
  const message = fc.record(
    {
      text,
      attachment: fc.constant(image),
      location: fc.constant({ latitude: 1, longitude: 2 }),
      buttons: fc.array(fc.record({ label: fc.stringMatching(/^[A-Z][a-z ]{0,14}$/), payload: fc.constant('1:a') }), { maxLength: 5 }),
    },
    { requiredKeys: [] },
  )

  const visible = (said: string): string => said.replace(/\s/g, '')
  const graphemes = (said: string): string[] =>
    [...new Intl.Segmenter('en').segment(said)].map(({ segment }) => visible(segment)).filter(segment => segment !== '')

  it('rule 30: whatever the channel, every part is within its limits and no visible character is lost', () => {
    fc.assert(
      fc.property(message, abilities, (said: LogicalMessage, channel) => {
        const { parts } = adaptMessage(said, channel)
        parts.forEach((part, i) => {
          const most = part.attachment ? channel.caption : part.buttons ? channel.buttons.text : channel.text
          expect(part.text?.length ?? 0).toBeLessThanOrEqual(most)
          expect(part.text === undefined || part.text.trim() !== '').toBe(true)
          expect(Object.keys(part).length).toBeGreaterThan(0)
          if (!part.buttons) return
          expect(i).toBe(parts.length - 1)
          expect(part.buttons.length).toBeLessThanOrEqual(channel.buttons.most)
          for (const { label } of part.buttons) expect(label.length).toBeLessThanOrEqual(channel.buttons.label)
        })
        const all = visible(parts.map(part => part.text ?? '').join(''))
        expect(all.startsWith(visible(said.text ?? ''))).toBe(true)
        const kept = parts.at(-1)?.buttons
        for (const { label } of said.buttons ?? []) expect(kept?.some(button => button.label === label) || all.includes(visible(label))).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('rule 30: no visible character is ever cut in two', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 20, max: 60 }), (said, limit) => {
        const parts = splitText(said, limit)
        expect(parts.flatMap(graphemes)).toEqual(graphemes(said))
        for (const part of parts) expect(part.length).toBeLessThanOrEqual(limit)
      }),
      { numRuns: 1000 },
    )
  })
})
