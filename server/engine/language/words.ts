/** Words and phrases that an author listed, found in what a contact typed (rule 14). */

import { isWordAt, normalise, tokens, wordEnd, wordStart } from './normalise.ts'
import { isWithin, typosAllowed } from './typos.ts'

/** A case of a block: any of its words leads to it. */
export interface WordCase {
  readonly id: string
  readonly words: readonly string[]
}

/** What was found: the case, the author's word, and what the contact typed for it (normalised). */
export interface WordMatch {
  readonly id: string
  readonly word: string
  readonly typed: string
  readonly exact: boolean
}

/** Compiled cases. Both functions take the text as it came. */
export interface WordMatcher {
  /** The case whose word occurs in the text; exact before forgiven over all cases, then in the order of the file. */
  match(text: string): WordMatch | null
  /** The case one of whose words or commands is the whole text. A command may carry the bot's name: `/stop@parley_bot`. */
  equals(text: string): WordMatch | null
}

/** One word or phrase as words; `order` is its place in the file. */
interface Phrase {
  readonly id: string
  readonly word: string
  readonly order: number
  readonly first: string
  readonly rest: readonly string[]
  /** Typos that the first word may have. */
  readonly typos: number
  readonly letters: number
}

/** A word that is sought letter by letter: it holds signs (`c++`, `👍`), or a script that writes without spaces. */
interface Literal {
  readonly id: string
  readonly word: string
  readonly order: number
  readonly text: string
}

/** Signs that separate words and mean nothing to a matcher; with any other sign the word is a literal. */
const SEPARATED_WORDS = /^[\p{L}\p{N}\p{M}\s'’"\-–—_.,:;!?¿¡/&()]+$/u
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** Prepares the cases once; `typos` forgives small ones (0 up to 4 letters, 1 up to 7, 2 above). Words with digits are always exact. */
export function compileWords(cases: readonly WordCase[], options: { readonly typos: boolean }): WordMatcher {
  const byFirst = new Map<string, Phrase[]>()
  const literals: Literal[] = []
  const forgiving: Phrase[] = []
  const whole = new Map<string, { readonly id: string; readonly word: string }>()
  /** By first character, the lengths of first words as bits: most words of a message are dropped here, before they are cut out. */
  const lengthsByCode = new Uint32Array(128)
  /** Lengths of typed words that some forgiving word could take, as bits. */
  let forgivenLengths = 0
  let order = 0

  for (const { id, words } of cases) {
    for (const word of words) {
      const text = normalise(word)
      const parts = tokens(text)
      const key = wholeForm(text)
      if (key !== '' && !whole.has(key)) whole.set(key, { id, word })
      const [first, ...rest] = parts
      if (text === '') continue
      if (first === undefined || !SEPARATED_WORDS.test(text) || UNSPACED.test(text)) {
        literals.push({ id, word, order: order++, text })
        continue
      }
      const typos = options.typos ? typosAllowed(first) : 0
      const phrase: Phrase = { id, word, order: order++, first, rest, typos, letters: lettersOf(first) }
      const sameFirst = byFirst.get(first)
      if (sameFirst) sameFirst.push(phrase)
      else byFirst.set(first, [phrase])
      const slot = codeSlot(first.charCodeAt(0))
      lengthsByCode[slot] = (lengthsByCode[slot] ?? 0) | lengthBit(first.length)
      if (options.typos && parts.some(part => typosAllowed(part) > 0)) {
        forgiving.push(phrase)
        for (let length = first.length - typos; length <= first.length + typos; length++) forgivenLengths |= lengthBit(length)
      }
    }
  }

  function match(input: string): WordMatch | null {
    const text = normalise(input)
    return matchExact(text) ?? (forgiving.length > 0 ? matchForgiving(text) : null)
  }

  function matchExact(text: string): WordMatch | null {
    let best: Phrase | Literal | undefined
    let typed = ''
    for (let start = wordStart(text, 0); start >= 0; ) {
      const end = wordEnd(text, start)
      if (((lengthsByCode[codeSlot(text.charCodeAt(start))] ?? 0) & lengthBit(end - start)) !== 0) {
        const token = text.slice(start, end)
        for (const phrase of byFirst.get(token) ?? []) {
          if (best && best.order <= phrase.order) break
          const last = phrase.rest.length === 0 ? end : endOfRest(text, end, phrase.rest, false)
          if (last < 0) continue
          best = phrase
          typed = text.slice(start, last)
        }
      }
      start = wordStart(text, end)
    }
    for (const literal of literals) {
      if (best && best.order <= literal.order) break
      if (!occurs(text, literal.text)) continue
      best = literal
      typed = literal.text
    }
    return best ? { id: best.id, word: best.word, typed, exact: true } : null
  }

  function matchForgiving(text: string): WordMatch | null {
    let best: Phrase | undefined
    let typed = ''
    for (let start = wordStart(text, 0); start >= 0; ) {
      const end = wordEnd(text, start)
      if ((forgivenLengths & lengthBit(end - start)) !== 0) {
        const letters = lettersOf(text, start, end)
        for (const phrase of forgiving) {
          if (best && best.order <= phrase.order) break
          if (Math.abs(phrase.first.length - (end - start)) > phrase.typos) continue
          // One typo changes at most two of the letters that occur, so most words differ visibly before any distance is counted.
          if (bits(letters ^ phrase.letters) > 2 * phrase.typos) continue
          if (!isWithin(text.slice(start, end), phrase.first, phrase.typos)) continue
          const last = endOfRest(text, end, phrase.rest, true)
          if (last < 0) continue
          best = phrase
          typed = text.slice(start, last)
        }
      }
      start = wordStart(text, end)
    }
    return best ? { id: best.id, word: best.word, typed, exact: false } : null
  }

  function equals(input: string): WordMatch | null {
    const typed = normalise(input)
    const found = whole.get(wholeForm(typed))
    return found ? { id: found.id, word: found.word, typed, exact: true } : null
  }

  return { match, equals }
}

/** The end of a phrase whose first word ended at `from`; -1 when its other words do not follow. */
function endOfRest(text: string, from: number, rest: readonly string[], typos: boolean): number {
  let end = from
  for (const word of rest) {
    const start = wordStart(text, end)
    if (start < 0) return -1
    end = wordEnd(text, start)
    const token = text.slice(start, end)
    if (token !== word && !(typos && isWithin(token, word, typosAllowed(word)))) return -1
  }
  return end
}

/** Whether `part` occurs and is not cut out of a longer word, as far as its script has word boundaries. */
function occurs(text: string, part: string): boolean {
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    if (isBoundary(text, at) && isBoundary(text, at + part.length)) return true
  }
  return false
}

function isBoundary(text: string, at: number): boolean {
  if (at === 0 || at === text.length || !isWordAt(text, at - 1) || !isWordAt(text, at)) return true
  return UNSPACED.test(text.slice(at - 1, at + 1))
}

/** A whole message as `equals` compares it: without the bot's name behind a command, and without punctuation around words. */
function wholeForm(normalised: string): string {
  if (normalised.startsWith('/')) return normalised.replace(/^(\/[a-z0-9_]+)@[a-z0-9_]+$/, '$1')
  return normalised.replace(/^[\s"'¿¡(]+|[\s"'.,:;!?…)]+$/gu, '') || normalised
}

/** A bit for a length; all long words share one. */
function lengthBit(length: number): number {
  return 1 << (length < 31 ? length : 31)
}

/** ASCII has a slot a character, the rest of Unicode shares them. */
function codeSlot(code: number): number {
  return code & 127
}

/** The letters that occur in a word as bits; different letters may share one, so it can only say "surely too different". */
function lettersOf(text: string, start = 0, end = text.length): number {
  let letters = 0
  for (let i = start; i < end; i++) letters |= 1 << (text.charCodeAt(i) & 31)
  return letters
}

function bits(value: number): number {
  let count = 0
  for (let rest = value; rest !== 0; rest &= rest - 1) count++
  return count
}
