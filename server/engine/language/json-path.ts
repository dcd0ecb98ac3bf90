/** Where a value stands in a JSON document: `data.items[0].name`, or a JSON Pointer such as `/data/items/0/name`. */
import type { Json } from '../event.ts'

/** The keys and places on the way to a value; none of them: the whole document. */
export type JsonPath = readonly string[]

const DOTTED_PART = /\.?([^.[\]'"\s][^.[\]]*)|\[(\d{1,9})\]|\[(?:"([^"]*)"|'([^']*)')\]/y

/** The parts of a path; null when it cannot be read. `$` is the whole document and may stand in front of any dotted path. */
export function readJsonPath(source: string): JsonPath | null {
  const path = source.trim()
  if (path.startsWith('/')) return readPointer(path)
  const rest = path.startsWith('$') ? path.slice(1) : path
  if (rest === '') return path === '$' ? [] : null
  if (path.startsWith('$') ? /^[^.[]/.test(rest) : rest.startsWith('.')) return null
  return readDotted(rest)
}

function readPointer(path: string): JsonPath | null {
  if (/~(?![01])/.test(path)) return null
  return path
    .slice(1)
    .split('/')
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function readDotted(path: string): JsonPath | null {
  const parts: string[] = []
  for (let at = 0; at < path.length; ) {
    DOTTED_PART.lastIndex = at
    const match = DOTTED_PART.exec(path)
    // Two names need a dot between them; brackets need none.
    if (!match || (at > 0 && match[1] !== undefined && path[at] !== '.')) return null
    parts.push((match[1] ?? match[2] ?? match[3] ?? match[4] ?? '').trim())
    at = DOTTED_PART.lastIndex
  }
  return parts
}

/** The value at a path; undefined when there is none. `length` of a list is how many it has. */
export function pickJson(document: Json, path: JsonPath): Json | undefined {
  let value: Json | undefined = document
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    // Own keys of JSON hold JSON, and so does the length of a list.
    value = (value as Readonly<Record<string, Json>>)[part]
  }
  return value
}
