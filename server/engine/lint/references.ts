/** Where a block reads and sets variables, told by the shape of its settings, so that new block types need nothing here. */

import type { Block } from '../file/flow.ts'
import { below, isObject } from '../file/json-schema.ts'
import type { Recording } from './record.ts'

/** A path that is read, like `vars.order_number` or `message.text`. */
export interface Reading {
  readonly path: string
  readonly at: string
  /** Nothing goes wrong when it is empty: a condition asks, or the text has a default. */
  readonly may_be_empty: boolean
}

/** A variable that a block sets. */
export interface Setting {
  readonly name: string
  readonly at: string
}

/** What a block does with variables. */
export interface References {
  readonly reads: readonly Reading[]
  readonly sets: readonly Setting[]
}

/** `variable` names what a block stores, or with an `operator` beside it what is looked at; `variables` maps names to values. */
export function referencesOf(block: Block, recording: Recording): References {
  const reads: Reading[] = recording.texts.flatMap(({ at, source, reads: paths }) => paths.map(path => ({ path, at, may_be_empty: hasDefault(source, path) })))
  const sets: Setting[] = []
  const walk = (value: unknown, at: string): void => {
    if (Array.isArray(value)) {
      for (const [index, entry] of value.entries()) if (typeof entry === 'object') walk(entry, below(at, index))
      return
    }
    if (!isObject(value)) return
    for (const [key, entry] of Object.entries(value)) {
      const place = below(at, key)
      if (key === 'variable' && typeof entry === 'string') {
        if ('operator' in value) reads.push({ path: entry.trim(), at: place, may_be_empty: true })
        else if (entry !== '') sets.push({ name: entry, at: place })
      } else if (key === 'variables' && isObject(entry)) for (const name of Object.keys(entry)) sets.push({ name, at: below(place, name) })
      else if (typeof entry === 'object') walk(entry, place)
    }
  }
  walk(block, '')
  return { reads: reads.filter(({ path }) => path !== ''), sets }
}

function hasDefault(source: string, path: string): boolean {
  const at = source.indexOf(path)
  return at >= 0 && /^\s*\|[^}]*\bdefault\b/.test(source.slice(at + path.length))
}
