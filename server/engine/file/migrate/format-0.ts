/**
 * From format 0, the trial format. There, connections were a list of their own and each block held its place on the canvas as x and y, so that
 * one exit could lead to two places and moving a block showed up as a change of logic. Format 1 keeps exits in their block and places in `layout`.
 */
import { isObject } from '../json-schema.ts'

/** `connections: [{ from, exit, to }]` become exits, x and y become `layout`. The first of two connections of an exit wins, as it did at run time. */
export function migrateFormat0(file: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { connections, blocks, layout, ...rest } = file
  if (!isObject(blocks)) return { ...file, format: 1 }
  const places = new Map<string, unknown>(isObject(layout) ? Object.entries(layout) : [])
  const exits = exitsByBlock(connections)
  const moved = Object.entries(blocks).map(([id, block]): [string, unknown] => {
    if (!isObject(block)) return [id, block]
    const { x, y, ...settings } = block
    if (x !== undefined || y !== undefined) places.set(id, [x ?? 0, y ?? 0])
    const own = exits.get(id)
    return [id, own ? { ...settings, exits: Object.fromEntries(own) } : settings]
  })
  return {
    ...rest,
    format: 1,
    ...(exits.size === 0 && connections !== undefined && !Array.isArray(connections) ? { connections } : {}),
    blocks: Object.fromEntries(moved),
    ...(places.size > 0 ? { layout: Object.fromEntries(places) } : {}),
  }
}

function exitsByBlock(connections: unknown): ReadonlyMap<string, ReadonlyMap<string, unknown>> {
  const exits = new Map<string, Map<string, unknown>>()
  if (!Array.isArray(connections)) return exits
  for (const connection of connections) {
    if (!isObject(connection) || typeof connection.from !== 'string') continue
    const exit = typeof connection.exit === 'string' ? connection.exit : 'next'
    const own = exits.get(connection.from) ?? new Map<string, unknown>()
    if (!own.has(exit)) own.set(exit, connection.to)
    exits.set(connection.from, own)
  }
  return exits
}
