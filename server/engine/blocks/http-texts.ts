/** Texts of an HTTP call: templates compiled so that a value can never become more than the value it stands for. */
import { type HttpText, hostOfUrl, type SecretPlace } from '../http-call.ts'
import type { Scope } from '../language/index.ts'
import type { Turn } from '../turn.ts'
import type { Compiler } from './block.ts'

/** A piece of a text: fixed, a place for a secret, or rendered when the call is made. */
type Piece = string | SecretPlace | ((turn: Turn) => string)

/** A compiled text of a call. */
export type CompiledHttpText = readonly Piece[]

type Encoding = SecretPlace['as']

/** `{{ secrets.name }}`, alone in its braces: no filter, so that nothing is made of a secret but itself. */
const SECRET = /\{\{-?\s*secrets\.([a-z][a-z0-9_]{0,39})\s*-?\}\}/g
const PRINTED = /\{\{[\s\S]*?\}\}/g
/** A value alone in a JSON text keeps its type. */
const WHOLE_VALUE = /^\{\{-?\s*(contact|conversation|message|vars)\.([a-z0-9_]+)\s*-?\}\}$/

/** Scheme and host as they are drawn: where a call goes is never up to a value. */
const URL_START = /^https?:\/\/[^\s/?#{}@\\]+(?=[/?#]|$)/

/** Why an address cannot be called; undefined when it can. */
export function wrongUrl(source: string): string | undefined {
  const url = source.trim()
  if (!/^https?:\/\//.test(url)) return 'The address does not begin with https://.'
  if (!URL_START.test(url)) return 'The host of the address cannot be read. It has to be written out: no {{ values }}, no user name.'
  if (url.includes('{%')) return 'Tags like {% if %} are not possible in an address.'
  return /\s/.test(url.replace(PRINTED, '')) ? 'There is a space in the address.' : undefined
}

/** An address; each value is encoded where it stands. */
export function compileUrl(source: string, compiler: Compiler, at: string): CompiledHttpText {
  const url = source.trim()
  const pieces: Piece[] = []
  let end = 0
  for (const match of url.matchAll(PRINTED)) {
    pieces.push(url.slice(end, match.index), ...encoded(compileText(match[0], compiler, at, 'url'), encodeValue))
    end = match.index + match[0].length
  }
  // What no template ends has to be seen by the compiler, which names the mistake.
  pieces.push(...encoded(compileText(url.slice(end), compiler, at, 'url'), text => text))
  return pieces
}

/** A header or a plain body. */
export function compileText(source: string, compiler: Compiler, at: string, as: Encoding = 'text'): CompiledHttpText {
  const pieces: Piece[] = []
  let end = 0
  for (const match of source.matchAll(SECRET)) {
    pieces.push(...templateOf(source.slice(end, match.index), compiler, at), { secret: match[1] ?? '', as })
    end = match.index + match[0].length
  }
  return [...pieces, ...templateOf(source.slice(end), compiler, at)]
}

/** A form as browsers send it. */
export function compileForm(rows: readonly { readonly name: string; readonly value: string }[], compiler: Compiler, at: string): CompiledHttpText {
  return rows.flatMap(
    ({ name, value }, index): CompiledHttpText => [
      `${index === 0 ? '' : '&'}${encodeValue(name)}=`,
      ...encoded(compileText(value, compiler, `${at}/${index}/value`, 'url'), encodeValue),
    ],
  )
}

/** A JSON document whose texts are templates; undefined when it is none. */
export function compileJson(source: string, compiler: Compiler, at: string): CompiledHttpText | undefined {
  try {
    return jsonPieces(JSON.parse(source), compiler, at)
  } catch {
    return undefined
  }
}

/** Renders a text; neighbours that are plain become one. */
export function renderHttpText(text: CompiledHttpText, turn: Turn): HttpText {
  const pieces: (string | SecretPlace)[] = []
  for (const piece of text) {
    const rendered = typeof piece === 'function' ? piece(turn) : piece
    const last = pieces.at(-1)
    if (typeof rendered === 'string' && typeof last === 'string') pieces[pieces.length - 1] = last + rendered
    else if (rendered !== '') pieces.push(rendered)
  }
  return pieces
}

/** Whether a value led out of its part of the path: `..` climbs whatever its encoding. */
export function climbs(url: HttpText): boolean {
  const text = url.map(piece => (typeof piece === 'string' ? piece : 'x')).join('')
  const path = text.slice(text.indexOf('://') + 3 + hostOfUrl(text).length).split(/[?#]/)[0] ?? ''
  return path.split('/').some(part => /^(?:\.|%2e){1,2}$/i.test(part))
}

function templateOf(source: string, compiler: Compiler, at: string): readonly Piece[] {
  if (source === '') return []
  const template = compiler.template(source, at)
  return [template.literal ?? (turn => template.render(turn.scope()))]
}

function encoded(pieces: CompiledHttpText, encode: (text: string) => string): readonly Piece[] {
  return pieces.map(piece => {
    if (typeof piece === 'string') return encode(piece)
    return typeof piece === 'function' ? turn => encode(piece(turn)) : piece
  })
}

/** Halves of a character cannot be encoded: they become the sign for that. */
function encodeValue(text: string): string {
  return encodeURIComponent(text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd'))
}

function jsonPieces(value: unknown, compiler: Compiler, at: string): readonly Piece[] {
  if (typeof value === 'string') return jsonText(value, compiler, at)
  if (Array.isArray(value)) return ['[', ...value.flatMap((entry, index) => [index === 0 ? '' : ',', ...jsonPieces(entry, compiler, at)]), ']']
  if (typeof value !== 'object' || value === null) return [JSON.stringify(value)]
  const entries = Object.entries(value)
  return ['{', ...entries.flatMap(([key, entry], index) => [`${index === 0 ? '' : ','}${JSON.stringify(key)}:`, ...jsonPieces(entry, compiler, at)]), '}']
}

function jsonText(source: string, compiler: Compiler, at: string): readonly Piece[] {
  const [, root, name] = WHOLE_VALUE.exec(source) ?? []
  if (root !== undefined && name !== undefined) {
    // Only so that the compiler, and with it the linter, knows what is read.
    compiler.template(source, at)
    return [turn => JSON.stringify(valueIn(turn.scope(), root, name) ?? null)]
  }
  return ['"', ...encoded(compileText(source, compiler, at, 'json'), text => JSON.stringify(text).slice(1, -1)), '"']
}

function valueIn(scope: Scope, root: string, name: string): unknown {
  const values = Object.entries(scope).find(([key]) => key === root)?.[1]
  return typeof values === 'object' && values !== null && Object.hasOwn(values, name) ? (values as Readonly<Record<string, unknown>>)[name] : undefined
}
