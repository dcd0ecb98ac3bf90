/** Which way a text with templates runs while it is written. */
import { directionOfLanguage } from '../../ui/direction.ts'
import { piecesOf } from './tokens.ts'

const FIRST_LETTER = /\p{L}/u
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u

/**
 * Language and direction of a field. Its own words decide: a browser would take the Latin name in a leading `{{ contact.first_name }}`
 * for the first word. What says nothing yet begins where its language does.
 */
export function directionOf(text: string, language?: string): { readonly lang: string | undefined; readonly dir: 'auto' | 'rtl' } {
  const own = piecesOf(text).map(piece => (piece.type === 'text' ? piece.text : ''))
  const first = FIRST_LETTER.exec(own.join(' '))?.[0]
  const isRightToLeft = first === undefined ? language !== undefined && directionOfLanguage(language) === 'rtl' : RIGHT_TO_LEFT.test(first)
  // Left to the browser where it sees the same: each paragraph then runs in its own direction.
  const seesTheSame = first !== undefined && FIRST_LETTER.exec(text)?.[0] === first
  return { lang: language, dir: isRightToLeft && !seesTheSame ? 'rtl' : 'auto' }
}
