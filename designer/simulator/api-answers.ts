/** What the simulator offers as the answer of an API, and the step that gives it. */
import type { CompiledFlow, FlowTestStep, Json } from '../../server/engine/index.ts'

/** The exits of a call, as somebody chooses among them. */
export const OUTCOMES = ['success', 'refused', 'error', 'timeout'] as const
/** One of them. */
export type ApiOutcome = (typeof OUTCOMES)[number]

/** An answer while it is being decided. `status` 0: the API cannot be reached. */
export interface ApiAnswer {
  readonly outcome: ApiOutcome
  readonly status: number
  /** The body, as it is written. */
  readonly body: string
}

/** What an API that goes wrong can do. */
export const FAILURES = [500, 503, 0] as const

const STATUS: Readonly<Record<ApiOutcome, number>> = { success: 200, refused: 404, error: 500, timeout: 0 }

/** Answers of this visit, by flow and block: a run that begins again offers them again. */
const given = new Map<string, ApiAnswer>()

/** Where an offered body comes from. */
export type OfferedFrom = 'last' | 'example' | 'nothing'

/** What to offer for a call of a block: the last answer, else the example of the block, else an empty object. */
export function offerAnswer(flow: CompiledFlow, block: string): { readonly answer: ApiAnswer; readonly from: OfferedFrom } {
  const last = given.get(keyOf(flow.id, block))
  if (last) return { answer: last, from: 'last' }
  const example = flow.blocks.get(block)?.block.example_answer
  const body = typeof example === 'string' && example.trim() !== '' ? example : '{}'
  return { answer: { outcome: 'success', status: STATUS.success, body }, from: body === '{}' ? 'nothing' : 'example' }
}

/** The same answer with another outcome, and a status that fits it. */
export function withOutcome(answer: ApiAnswer, outcome: ApiOutcome): ApiAnswer {
  return { ...answer, outcome, status: STATUS[outcome] }
}

/** Keeps an answer for the next time, and gives the step of it. */
export function giveAnswer(flow: CompiledFlow, block: string, answer: ApiAnswer): FlowTestStep {
  given.set(keyOf(flow.id, block), answer)
  const { outcome, status, body } = answer
  if (outcome === 'timeout') return { api: 'timeout' }
  if (outcome === 'error') return { api: status === 0 ? 'unreachable' : { status } }
  const json = readBody(body)
  const shown = outcome === 'success' && status === 200 ? {} : { status }
  if (body.trim() === '') return { api: shown }
  return { api: json.ok ? { ...shown, json: json.value } : { ...shown, text: body } }
}

/** A body as JSON, if it is some. */
export function readBody(body: string): { readonly ok: true; readonly value: Json } | { readonly ok: false } {
  try {
    return { ok: true, value: JSON.parse(body) }
  } catch {
    return { ok: false }
  }
}

function keyOf(flow: string, block: string): string {
  return `${flow} ${block}`
}
