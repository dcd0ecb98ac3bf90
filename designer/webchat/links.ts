/** Addresses inside a text, and which addresses may be opened at all. */

/** A piece of a text; with `href` it is an address. */
export interface TextPiece {
  readonly text: string
  readonly href?: string
}

const ADDRESS = /https?:\/\/[^\s<>"]+/gi

/** Cuts a text at its web addresses. Punctuation that ends the sentence, and a bracket that was opened before, stay outside. */
export function findLinks(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = []
  let end = 0
  for (const match of text.matchAll(ADDRESS)) {
    let address = match[0].replace(/[.,;:!?'’”»]+$/u, '')
    while (address.endsWith(')') && address.split('(').length < address.split(')').length) address = address.slice(0, -1)
    const href = safeAddress(address)
    if (href === undefined) continue
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) })
    pieces.push({ text: address, href })
    end = match.index + address.length
  }
  if (end < text.length) pieces.push({ text: text.slice(end) })
  return pieces
}

/** The address when it is one of the web (or relative to `base`), never `javascript:` and its like. */
export function safeAddress(address: string, base?: string): string | undefined {
  try {
    const url = new URL(address, base)
    return ['http:', 'https:', 'blob:'].includes(url.protocol) ? url.href : undefined
  } catch {
    return undefined
  }
}
