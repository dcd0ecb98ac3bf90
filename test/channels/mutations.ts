/** Real calls with one value put wrong. */
import fc from 'fast-check'
import type { SampleCall } from '../../server/channels/sample.ts'

type Path = readonly (string | number)[]

/** A call of the list in which one value, anywhere, is another. */
export function mutations(calls: readonly SampleCall[]): fc.Arbitrary<SampleCall> {
  const spots = calls.flatMap(call => pathsOf(JSON.parse(call.body)).map(path => ({ call, path })))
  const strange = fc.oneof(
    fc.constantFrom<unknown>(null, '', '\0', '\ud800', 0, -1, 4e12, 1.5, 1e308, true, [], {}, [[]], [null], { id: {} }, 'x'.repeat(5000)),
    fc.jsonValue({ maxDepth: 3 }),
  )
  return fc
    .tuple(fc.constantFrom(...spots), strange)
    .map(([{ call, path }, value]) => ({ ...call, body: JSON.stringify(replaced(JSON.parse(call.body), path, value)) }))
}

/** Every string and number inside a value, with the name of its field. */
export function everyValue(value: unknown, name = ''): readonly { readonly name: string; readonly value: unknown }[] {
  if (typeof value !== 'object' || value === null) return [{ name, value }]
  return Object.entries(value).flatMap(([key, inner]) => everyValue(inner, Array.isArray(value) ? name : key))
}

function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  const inner = Array.isArray(value) ? value.map((one, index) => [index, one] as const) : Object.entries(value)
  return [path, ...inner.flatMap(([key, one]) => pathsOf(one, [...path, key]))]
}

function replaced(value: unknown, path: Path, by: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return by
  if (Array.isArray(value)) return value.map((one, index) => (index === key ? replaced(one, rest, by) : one))
  return Object.fromEntries(Object.entries(value as object).map(([name, one]) => [name, name === key ? replaced(one, rest, by) : one]))
}
