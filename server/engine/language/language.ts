/** Which language a text is written in. */
import { francAll } from 'franc-min'

/** Two-letter codes and the three-letter ones the detector speaks. */
const CODES: Readonly<Record<string, string>> = {
  ...{ ar: 'arb', be: 'bel', bg: 'bul', bn: 'ben', cs: 'ces', de: 'deu', el: 'ell', en: 'eng', es: 'spa', fa: 'pes', fr: 'fra', gu: 'guj' },
  ...{ he: 'heb', hi: 'hin', hu: 'hun', id: 'ind', it: 'ita', ja: 'jpn', ko: 'kor', mr: 'mar', ms: 'zlm', nl: 'nld', pl: 'pol', pt: 'por' },
  ...{ ro: 'ron', ru: 'rus', sr: 'srp', sv: 'swe', ta: 'tam', te: 'tel', th: 'tha', tr: 'tur', uk: 'ukr', ur: 'urd', vi: 'vie', zh: 'cmn' },
}

/** Shorter texts say too little: "hi" is a word of many languages. Among all languages more is needed than among a few. */
const LEAST_LETTERS = { among_few: 10, among_all: 20 }
/** The likeliest must be this much ahead of the next (the likeliest counts 1). */
const LEAST_LEAD = 0.04

/**
 * The candidate a text is written in, spelled as it was given (`en-US` stands for English); all known languages when there are no
 * candidates. Null when the text is short, when two are about as likely, or when no candidate can be detected.
 */
export function detectLanguage(text: string, candidates: readonly string[] = []): string | null {
  const known = new Map<string, string>()
  for (const candidate of candidates.length > 0 ? candidates : Object.keys(CODES)) {
    const code = CODES[candidate.split('-')[0]?.toLowerCase() ?? '']
    if (code !== undefined && !known.has(code)) known.set(code, candidate)
  }
  if (known.size === 0 || (text.match(/\p{L}/gu)?.length ?? 0) < leastLetters(text, candidates.length > 0)) return null
  const [first, second] = francAll(text, { only: [...known.keys()], minLength: 1 })
  if (!first || (second && first[1] - second[1] < LEAST_LEAD)) return null
  return known.get(first[0]) ?? null
}

/** Scripts of one language (Japanese, Thai …) are known by a few signs. */
function leastLetters(text: string, amongFew: boolean): number {
  const known = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Greek}\p{Script=Hebrew}]/u.test(text)
  return known ? 2 : amongFew ? LEAST_LETTERS.among_few : LEAST_LETTERS.among_all
}
