/** Cutting texts where a reader would (rules 15 and 30): lengths are UTF-16 units, and no visible character is ever cut in two. */

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** The longest start of `text` with at most `most` units that ends between two visible characters. */
export function cutAt(text: string, most: number): string {
  return text.length <= most ? text : text.slice(0, graphemeEnd(text, most))
}

/** How far back a character can begin: longer ones (many marks on a letter) are cut between code points instead. */
const LONGEST_GRAPHEME = 64
const FLAG_LETTER = /^\p{Regional_Indicator}$/u

/** The last boundary of visible characters at or before `most`; at least one code point, so that splitting always goes on. */
function graphemeEnd(text: string, most: number): number {
  if (most >= text.length) return text.length
  let from = codePointStart(text, Math.max(0, most - LONGEST_GRAPHEME))
  // Flags are pairs of letters that only counting from the first of a row can tell apart.
  while (from >= 2 && FLAG_LETTER.test(text.slice(from - 2, from))) from -= 2
  let end = 0
  for (const { index } of graphemes.segment(text.slice(from, most + LONGEST_GRAPHEME))) {
    if (from + index > most) break
    end = from + index
  }
  if (end > from) return end
  return codePointStart(text, most) || Math.min(2, text.length)
}

/** `at`, or one less when a surrogate pair would be cut there. */
function codePointStart(text: string, at: number): number {
  const code = text.charCodeAt(at)
  const before = text.charCodeAt(at - 1)
  return code >= 0xdc00 && code <= 0xdfff && before >= 0xd800 && before <= 0xdbff ? at - 1 : at
}

/**
 * Splits a text into parts of at most `limit` units, at the end of a paragraph, else of a line, a sentence, or a word, else between
 * two visible characters. White space at a cut is dropped.
 */
export function splitText(text: string, limit: number): string[] {
  const parts: string[] = []
  let rest = text
  while (rest.length > limit) {
    const cut = bestCut(rest, limit)
    const part = rest.slice(0, cut).trimEnd()
    if (part !== '') parts.push(part)
    rest = rest.slice(cut).trimStart()
  }
  if (rest !== '' || parts.length === 0) parts.push(rest)
  return parts
}

/** Ends of what belongs together, best first. A cut very early in the text would make many small parts, so it must lie behind `share`. */
const ENDS: readonly { readonly pattern: RegExp; readonly share: number }[] = [
  { pattern: /\n[^\S\n]*\n/g, share: 0.3 },
  { pattern: /[.!?…]["'”’»)\]]*(?=\s)|[。！？]["”’」』）]*|[।؟](?=\s|$)/g, share: 0.3 },
  { pattern: /\n/g, share: 0.3 },
  { pattern: /\s+/g, share: 0 },
]

function bestCut(text: string, limit: number): number {
  // One unit beyond the limit is read, so that a space just behind it counts as the end of the word before it.
  const head = text.slice(0, limit + 1)
  for (const { pattern, share } of ENDS) {
    let cut = 0
    for (const found of head.matchAll(pattern)) {
      const end = /^\s/.test(found[0]) ? found.index : found.index + found[0].length
      if (end <= limit && !carriesMark(text, end)) cut = end
    }
    if (cut > limit * share && head.slice(0, cut).trim() !== '') return cut
  }
  return graphemeEnd(text, limit)
}

/** Whether a combining mark sits on what follows, so that cutting or dropping it would change a visible character. */
function carriesMark(text: string, at: number): boolean {
  MARKED.lastIndex = at
  return MARKED.test(text)
}

const MARKED = /\s*[\p{M}\u200d]/uy
