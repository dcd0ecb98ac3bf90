/** What counts as an answer to a `question`, and what is stored of it. */
import type { InboundMessage, Json } from '../event.ts'
import { type Pattern, readEmail, readNumber } from '../language/index.ts'
import type { Turn } from '../turn.ts'

/** Kinds of answers, in the order of the form. */
export const ANSWERS = ['text', 'number', 'email', 'phone', 'date', 'choice', 'attachment', 'pattern'] as const
type AnswerKind = (typeof ANSWERS)[number]

/** Why an answer was taken, by its kind. It never quotes the answer, which may be sensitive. */
export const ANSWERED: Readonly<Record<AnswerKind, string>> = {
  text: 'Answered',
  number: 'A number',
  email: 'An e-mail address',
  phone: 'A phone number',
  date: 'A date',
  choice: 'One of the choices',
  attachment: 'A file',
  pattern: 'Fits the pattern',
}

/** The types of variables that can take an answer of this kind. */
export function variableTypes(kind: AnswerKind): readonly string[] {
  if (kind === 'number') return ['number', 'text']
  return kind === 'date' ? ['date', 'text'] : ['text']
}

/** A value to store, or what is wrong as the beginning of a sentence: "Not a number". It never quotes the answer, which may be sensitive. */
export type Answer = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly wrong: string }

/** Limits of an answer: length of a text, value of a number. */
interface AnswerLimits {
  readonly min?: number
  readonly max?: number
}

/** Reads an answer of any kind but `choice`. */
export function readAnswer(
  kind: Exclude<AnswerKind, 'choice'>,
  message: InboundMessage,
  turn: Turn,
  limits: AnswerLimits,
  pattern: Pattern | undefined,
): Answer {
  const text = message.text.trim()
  switch (kind) {
    case 'text':
      return readText(text, limits)
    case 'pattern':
      return text !== '' && pattern?.test(text) ? { ok: true, value: text } : { ok: false, wrong: 'Does not fit the pattern' }
    case 'number':
      return readNumberWithin(text, turn.language, limits)
    case 'email':
      return found(readEmail(text), 'Not an e-mail address')
    case 'phone':
      return found(message.shared_contact?.phone ?? turn.tools.readPhone(text, regionOf(turn)), 'Not a phone number')
    case 'date':
      return found(turn.tools.readDate(text, { now: turn.now, time_zone: turn.time_zone, language: turn.language }), 'Not a date')
    case 'attachment': {
      const attachment = message.attachments?.[0]
      return attachment ? { ok: true, value: attachment.file ?? attachment.url ?? attachment.name ?? attachment.kind } : { ok: false, wrong: 'No attachment' }
    }
  }
}

function found(value: string | null, wrong: string): Answer {
  return value === null ? { ok: false, wrong } : { ok: true, value }
}

function readText(text: string, { min, max }: AnswerLimits): Answer {
  if (text === '') return { ok: false, wrong: 'No text' }
  if (min !== undefined && text.length < min) return { ok: false, wrong: `${text.length} of at least ${min} characters` }
  if (max !== undefined && text.length > max) return { ok: false, wrong: `${text.length} of ${max} characters` }
  return { ok: true, value: text }
}

function readNumberWithin(text: string, language: string, { min, max }: AnswerLimits): Answer {
  const value = readNumber(text, language)
  if (value === null) return { ok: false, wrong: 'Not a number' }
  if (min !== undefined && value < min) return { ok: false, wrong: `Less than ${min}` }
  if (max !== undefined && value > max) return { ok: false, wrong: `More than ${max}` }
  return { ok: true, value }
}

/** The country of the contact's language, where it names one: numbers without a prefix are read as numbers of that country. */
function regionOf(turn: Turn): string | undefined {
  return turn.contact.language?.split('-').find(part => /^[A-Z]{2}$/.test(part))
}
