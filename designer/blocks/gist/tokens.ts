/** Texts as a contact would read them: what a template prints becomes a token with a name, never braces. */

/** A part of a text. `source` is the template's own writing of a token. */
export type TextPiece = { readonly type: 'text'; readonly text: string } | { readonly type: 'token'; readonly text: string; readonly source: string }

const TEMPLATE = /\{\{-?\s*([\s\S]*?)\s*-?\}\}|\{%-?\s*([\s\S]*?)\s*-?%\}/g

/** Roots that need no mention: "order number" is as clear as "vars order number". */
const SILENT_ROOTS: ReadonlySet<string> = new Set(['vars', 'contact', 'conversation'])

/** Splits a text into what is written and what is printed. */
export function piecesOf(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = []
  let end = 0
  for (const match of text.matchAll(TEMPLATE)) {
    if (match.index > end) pieces.push({ type: 'text', text: text.slice(end, match.index) })
    pieces.push({ type: 'token', text: match[1] === undefined ? tagName(match[2] ?? '') : tokenName(match[1]), source: match[0] })
    end = match.index + match[0].length
  }
  if (end < text.length) pieces.push({ type: 'text', text: text.slice(end) })
  return pieces
}

/** What a printed value is called: `contact.first_name | default: "there"` is "first name". */
export function tokenName(expression: string): string {
  const [path = ''] = expression.split('|')
  const parts = path.trim().split('.')
  const named = parts.length > 1 && SILENT_ROOTS.has(parts[0] ?? '') ? parts.slice(1) : parts
  return inWords(named.join(' '))
}

/** A path as a list names it: `vars.order_number` is "order number", `contact.phone` is "contact: phone". */
export function pathInWords(path: string): string {
  const [root = '', ...rest] = path.split('.')
  if (rest.length === 0) return inWords(root)
  return root === 'vars' ? inWords(rest.join(' ')) : `${inWords(root)}: ${inWords(rest.join(' '))}`
}

/** An id as people write it: `too_long` is "too long". */
export function inWords(id: string): string {
  return id.replaceAll('_', ' ').trim()
}

/** A tag such as `if vars.vip` shows what it does, not its whole rule. */
function tagName(tag: string): string {
  const [word = '', ...rest] = tag.split(/\s+/)
  return rest.length > 0 ? `${word} …` : word
}
