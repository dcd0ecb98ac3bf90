/** Checks what came from outside against the schema that describes it, and says what is wrong in a sentence that names the field. */
import type { TSchema } from 'typebox'
import { DomainError, explain, type JsonSchema } from '../engine/index.ts'

/** Throws `request.wrong_shape` (or `code`) for the first mistake. `under` is put before its JSON Pointer. */
export function checkShape(schema: TSchema, value: unknown, under = '', code = 'request.wrong_shape'): void {
  // TypeBox schemas are JSON Schemas of the part that `explain` knows.
  const [problem] = explain(schema as JsonSchema, value)
  if (!problem) return
  const isWhole = problem.at === ''
  throw new DomainError(code, {
    message: isWhole ? problem.message.replace(/^The file/, under === '' ? 'The body' : `“${under.slice(1)}”`) : problem.message,
    hint: problem.hint ?? 'Correct it and repeat the call; schemas/openapi.json describes what is taken.',
    at: `${under}${problem.at}` || '/',
  })
}

/** Query parameters as their schema has them: whole numbers as numbers. Throws `request.wrong_parameter`. */
export function readQuery(schema: TSchema, parameters: URLSearchParams): Readonly<Record<string, unknown>> {
  const properties: Readonly<Record<string, JsonSchema>> = (schema as JsonSchema).properties ?? {}
  const values: Record<string, unknown> = {}
  for (const [name, text] of parameters) {
    const isNumber = Object.hasOwn(properties, name) && properties[name]?.type === 'integer' && /^-?\d{1,15}$/.test(text)
    values[name] = isNumber ? Number(text) : text
  }
  const [problem] = explain(schema as JsonSchema, values)
  if (!problem) return values
  throw new DomainError('request.wrong_parameter', {
    message: problem.message.replace('Unknown key', 'Unknown parameter'),
    ...(problem.hint === undefined ? {} : { hint: problem.hint.replace('Known keys', 'Known parameters') }),
    at: problem.at.slice(1) || 'query',
  })
}
