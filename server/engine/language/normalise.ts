/** The one form in which texts are compared (rule 14): what a contact typed and what an author drew go through the same function. */

/** Letters that Unicode does not take apart, but whose readers see the plain letter; ß and ς are also what case folding gives. */
const FOLDED: Readonly<Record<string, string>> = { ß: 'ss', ς: 'σ', ı: 'i', ø: 'o', ł: 'l', đ: 'd', æ: 'ae', œ: 'oe', '’': "'", ʼ: "'" }
const FOLDABLE = /[ßςıøłđæœ’ʼ]/g

/**
 * Accents of Latin, Greek and Cyrillic, Hebrew points, Arabic vowel marks, and the variation selectors of emoji. Other combining
 * marks stay: in Hindi, Thai or Japanese they are a part of the letter, and without them different words become one.
 */
const MARKS =
  /[\u0300-\u036f]|[\u0591-\u05bd]|\u05bf|[\u05c1-\u05c2]|[\u064b-\u065f]|\u0670|[\u1ab0-\u1aff]|[\u1dc0-\u1dff]|[\ufe20-\ufe2f]|\p{Variation_Selector}/gu

/** Folds case, accents and width, and collapses white space. Applying it twice changes nothing. */
export function normalise(text: string): string {
  const plain = asciiForm(text)
  if (plain === SAME) return text
  if (plain === NEEDS_CASE) return text.toLowerCase()
  if (plain === NEEDS_SPACE) return collapse(text.toLowerCase())
  const folded = text.normalize('NFKC').toLowerCase().normalize('NFKD').replace(MARKS, '').normalize('NFC')
  return collapse(folded.replace(FOLDABLE, letter => FOLDED[letter] ?? letter))
}

const SAME = 0
const NEEDS_CASE = 1
const NEEDS_SPACE = 2
const NOT_ASCII = 3

/** Says in one pass how much work a text needs: nearly every message is plain ASCII, and this runs on all of them. */
function asciiForm(text: string): number {
  let form = SAME
  let wasSpace = true
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 127) return NOT_ASCII
    if (code === 32) {
      if (wasSpace) form = NEEDS_SPACE
      wasSpace = true
    } else {
      wasSpace = false
      if (code < 32) form = NEEDS_SPACE
      else if (form === SAME && code >= 65 && code <= 90) form = NEEDS_CASE
    }
  }
  return wasSpace && text.length > 0 ? NEEDS_SPACE : form
}

function collapse(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** Takes out what no store and no messenger can carry: NUL, and halves of surrogate pairs (they become U+FFFD). For the edges. */
export function cleanText(text: string): string {
  return text.replaceAll('\u0000', '').replace(/\p{Surrogate}/gu, '\ufffd')
}

/** The words of a normalised text: letters, digits and inner apostrophes of any script. */
export function tokens(normalised: string): string[] {
  const found: string[] = []
  for (let start = wordStart(normalised, 0); start >= 0; ) {
    const end = wordEnd(normalised, start)
    found.push(normalised.slice(start, end))
    start = wordStart(normalised, end)
  }
  return found
}

const WORD_CHARACTER = /^[\p{L}\p{N}\p{M}]$/u
/** By code unit: 0 not asked yet, 1 part of a word, 2 not. */
const known = new Uint8Array(65_536)

/** Whether the code unit at `index` belongs to a word. Both halves of a pair answer for the whole character. */
export function isWordAt(text: string, index: number): boolean {
  const code = text.charCodeAt(index)
  if (Number.isNaN(code)) return false
  if (code >= 0xd800 && code <= 0xdfff) {
    const whole = text.codePointAt(code >= 0xdc00 ? index - 1 : index)
    return whole !== undefined && WORD_CHARACTER.test(String.fromCodePoint(whole))
  }
  let answer = known[code]
  if (answer === 0) {
    answer = WORD_CHARACTER.test(String.fromCharCode(code)) ? 1 : 2
    known[code] = answer
  }
  return answer === 1
}

/** Where the next word begins, at or after `from`; -1 when there is none. */
export function wordStart(text: string, from: number): number {
  for (let i = from; i < text.length; i++) if (isWordAt(text, i)) return i
  return -1
}

/** Where the word that begins at `start` ends (exclusive). An apostrophe between two letters belongs to the word. */
export function wordEnd(text: string, start: number): number {
  let i = start + 1
  while (i < text.length && (isWordAt(text, i) || (text.charCodeAt(i) === 39 && isWordAt(text, i + 1)))) i++
  return i
}
