/** The flow that the canvas is measured with: every block type, real sentences in two languages, connections as people draw them. Always the same. */
import { BLOCK_TYPES, type Block, blockTypeOf, type Flow, type Text } from '../../../server/engine/index.ts'

/** Rows are this many blocks wide. */
const COLUMNS = 25
const STEP: readonly [number, number] = [384, 240]
/** The block whose text is typed in, in the middle of what a flow opens with. */
export const TYPED = 'block_1'

const ENGLISH = [
  'Hello {{ contact.first_name | default: "there" }}, how can we help you today?',
  'Your order {{ vars.order_number }} has left our warehouse and arrives within two days.',
  'We are open Monday to Friday from 9:00 to 17:00.',
  'Please write your order number. It looks like AB123456 and stands in the subject of our e-mail.',
  'That is more than we can read at once. Could you say it in a few words?',
  'You can send it back within thirty days. The label is in the parcel.',
]
const GERMAN = [
  'Hallo {{ contact.first_name | default: "und willkommen" }}, wie können wir heute helfen?',
  'Ihre Bestellung {{ vars.order_number }} hat unser Lager verlassen und kommt in zwei Tagen an.',
  'Wir haben Montag bis Freitag von 9:00 bis 17:00 Uhr geöffnet.',
  'Bitte schreiben Sie Ihre Bestellnummer. Sie sieht aus wie AB123456 und steht im Betreff unserer E-Mail.',
  'Das ist mehr, als wir auf einmal lesen können. Können Sie es kürzer sagen?',
  'Sie können es binnen dreißig Tagen zurückschicken. Der Aufkleber liegt im Paket.',
]
/** Entries stand once in a while, talk is most of it; types that are not named here come as often as `set`. */
const OFTEN: Readonly<Record<string, number>> = { message: 8, question: 4, menu: 3, keywords: 3, condition: 3, greeting: 2, message_check: 2 }
const ONCE: ReadonlySet<string> = new Set(['start', 'on_inactivity', 'on_error'])

/** Makes the flow of so many blocks. */
export function makeFlow(count: number): Flow {
  const random = numbers(7)
  const usual = BLOCK_TYPES.filter(({ type }) => !ONCE.has(type)).flatMap(({ type }) => Array<string>(OFTEN[type] ?? 1).fill(type))
  const types = Array.from({ length: count }, (_, index) => (index === 0 ? 'start' : index === 1 ? 'message' : (usual[random(usual.length)] ?? 'message')))
  for (const [index, type] of [...ONCE].entries()) if (index * COLUMNS < count) types[index * COLUMNS] = type
  const blocks: Record<string, Block> = {}
  const layout: Record<string, [number, number]> = {}
  for (const [index, type] of types.entries()) {
    const id = idOf(index)
    blocks[id] = connected(withTexts(type, index), index, types, random)
    // A flow opens at its start: in the middle of a row, where the window is full of blocks.
    const [column, row] = [(index + 12) % COLUMNS, Math.floor(index / COLUMNS)]
    layout[id] = [column * STEP[0] + (row % 2) * 96, row * STEP[1]]
  }
  return {
    format: 1,
    id: 'thousand',
    name: 'A thousand blocks',
    languages: ['en', 'de'],
    variables: Object.fromEntries(['order_number', 'first_name', 'urgent', 'amount', 'age', 'rating', 'answer'].map(name => [name, { type: 'text' }])),
    intents: Object.fromEntries(['prices', 'delivery'].map(name => [name, { phrases: { en: [`what about ${name}`], de: [`was ist mit ${name}`] } }])),
    blocks,
    layout,
  }
}

const idOf = (index: number) => `block_${index}`

/** The type's own example with sentences in both languages. */
function withTexts(type: string, index: number): Block {
  const { exits: _exits, ...settings }: Block = structuredClone(blockTypeOf(type)?.example ?? { type })
  const text: Text = { en: ENGLISH[index % ENGLISH.length] ?? '', de: GERMAN[index % GERMAN.length] ?? '' }
  return { ...settings, ...('text' in settings ? { text } : {}), ...(index % 3 === 0 && type !== 'start' ? { label: `Step ${index}` } : {}) }
}

/** The first row leads on to the right, the others down to the next row; some lead further, one in twelve back up. */
function connected(block: Block, index: number, types: readonly string[], random: (below: number) => number): Block {
  const exits: Record<string, string> = {}
  for (const [place, { name }] of (blockTypeOf(block.type)?.exits(block) ?? []).entries()) {
    const chance = place === 0 ? 2 : random(12)
    const rows = chance === 0 ? -2 : chance === 1 ? 3 : 1
    const to = index < COLUMNS && place === 0 ? index + 1 : index + rows * COLUMNS + (place === 0 ? 0 : random(2) === 0 ? -1 : 1)
    const target = types[to]
    if (target !== undefined && to !== index && blockTypeOf(target)?.entry !== true) exits[name] = idOf(to)
  }
  return Object.keys(exits).length > 0 ? { ...block, exits } : block
}

/** Whole numbers below a bound, always the same ones (a linear congruential generator). */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
