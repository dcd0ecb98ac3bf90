/** Reads a flow file strictly: everything wrong with it as problems in sentences, never an exception. */
import type { Problem } from '../errors.ts'
import { explain } from './explain.ts'
import type { Flow } from './flow.ts'
import { isObject, type JsonSchema } from './json-schema.ts'
import { MIGRATIONS } from './migrate/index.ts'
import { findUnsafe } from './plain-data.ts'
import { readJson } from './read-json.ts'
import { isNewerRelease, RELEASE } from './release.ts'
import { FLOW_SCHEMA, FORMAT, MOST_BYTES } from './schema.ts'
import { validateFlow } from './validate.gen.js'

/** A well-formed flow (rule 33), or why it is none. `migrated_from` is the older format the file had. */
export type FlowParsing =
  | { readonly ok: true; readonly flow: Flow; readonly migrated_from?: number }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** Reads a flow from the text of a file, or from a value that was parsed elsewhere. */
export function parseFlow(source: unknown): FlowParsing {
  const reading = readData(source, MOST_BYTES)
  if (!reading.ok) return reading
  const file = reading.value
  if (!isObject(file)) return refuse('wrong_type', '', 'A flow file is an object in { }.')
  const outdated = refuseNewer(file)
  if (outdated) return { ok: false, problems: [outdated] }
  const from = file.format
  const current =
    typeof from === 'number' && Number.isInteger(from) && from >= 0 ? MIGRATIONS.slice(from).reduce((older, migrate) => migrate(older), file) : file
  // The validator has just checked the shape, which is what a cast here relies on.
  if (validateFlow(current)) return { ok: true, flow: current as unknown as Flow, ...(from === FORMAT ? {} : { migrated_from: Number(from) }) }
  return { ok: false, problems: explainRefusal(FLOW_SCHEMA, current) }
}

/** JSON data from a text or a value, bounded and safe to walk. */
export function readData(
  source: unknown,
  mostBytes: number,
): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problems: readonly Problem[] } {
  const tooLarge = `The file is larger than ${Math.floor(mostBytes / 1024 / 1024)} MB.`
  if (typeof source !== 'string') {
    const unsafe = findUnsafe(source)
    if (unsafe) return { ok: false, problems: [unsafe] }
    return utf8Length(JSON.stringify(source)) > mostBytes ? refuse('too_large', '', tooLarge) : { ok: true, value: source }
  }
  if (utf8Length(source) > mostBytes) return refuse('too_large', '', tooLarge)
  if (source.trim() === '') return refuse('invalid_json', '', 'The file is empty.')
  const reading = readJson(source)
  if (!reading.ok) return refuse('invalid_json', '', `Line ${reading.line}, column ${reading.column}: ${reading.message}.`)
  const unsafe = findUnsafe(reading.value)
  return unsafe ? { ok: false, problems: [unsafe] } : { ok: true, value: reading.value }
}

/** Why the validator refused a value; never an empty list. */
export function explainRefusal(schema: JsonSchema, value: unknown): readonly Problem[] {
  const problems = explain(schema, value)
  return problems.length > 0
    ? problems
    : [{ code: 'not_well_formed', severity: 'error', at: '', message: 'The file is not of the form that its schema describes.' }]
}

function refuseNewer(file: Readonly<Record<string, unknown>>): Problem | undefined {
  const { format, parley } = file
  if (typeof format === 'number' && Number.isInteger(format) && format > FORMAT)
    return problem(
      'newer_format',
      '/format',
      `This file has format ${format}; this release of Parley reads formats up to ${FORMAT}.`,
      'Install a newer release of Parley, or export the flow from the one that wrote it in an older format.',
    )
  if (typeof parley === 'string' && /^\d{1,5}\.\d{1,5}\.\d{1,5}$/.test(parley) && isNewerRelease(parley))
    return problem('newer_release', '/parley', `This flow needs Parley ${parley} or later; this is ${RELEASE}.`, 'Install a newer release of Parley.')
  return undefined
}

function refuse(code: string, at: string, message: string): { readonly ok: false; readonly problems: readonly Problem[] } {
  return { ok: false, problems: [problem(code, at, message)] }
}

function problem(code: string, at: string, message: string, hint?: string): Problem {
  return { code, severity: 'error', at, message, ...(hint === undefined ? {} : { hint }) }
}

/** Bytes as UTF-8, without making them. */
function utf8Length(text: string): number {
  let bytes = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    // A character beyond the first plane is two units here and four bytes there.
    if (unit > 0x7f) bytes += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1
  }
  return bytes
}
