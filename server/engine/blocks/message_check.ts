import type { AttachmentKind, InboundMessage } from '../event.ts'
import { languageName } from '../language/index.ts'
import type { Turn } from '../turn.ts'
import { defineBlock, leave, type Outcome } from './block.ts'
import { emptyRange } from './problems.ts'
import { Type } from './setting-type.ts'
import { choiceSetting, languagesSetting, part, readingTimeout, settings } from './settings.ts'

const OK: Outcome = leave('ok')
const MEGABYTE = 1024 * 1024

interface Checks {
  readonly max_length?: number | 'channel'
  readonly min_length?: number
  readonly attachments?: { readonly allow?: readonly AttachmentKind[]; readonly max_size?: number }
  readonly languages?: readonly string[]
}

/** Routes the current message by its length, attachments and language. Lengths are UTF-16 units, as messengers count (rule 15). */
export const messageCheck = defineBlock({
  type: 'message_check',
  group: 'understand',
  title: 'Message check',
  purpose: 'Checks the length, the attachments and the language of the message before others work with it.',
  branch: true,
  schema: settings({
    max_length: Type.Optional(
      Type.Union([Type.Integer({ minimum: 0, title: 'Characters' }), Type.Literal('channel', { title: 'What the channel can send' })], {
        title: 'Longest text',
        description: 'Most characters, counted as messengers do (an emoji is two); what the channel can send unless you choose a number.',
      }),
    ),
    min_length: Type.Optional(
      Type.Integer({
        minimum: 0,
        title: 'Shortest text',
        description: 'Least characters; 1 catches empty messages. Adds the exit “too short”. A file or a place without a text is not too short.',
      }),
    ),
    attachments: Type.Optional(
      part(
        {
          allow: Type.Optional(
            Type.Array(choiceSetting(['image', 'file', 'audio', 'voice', 'video', 'sticker'], { title: 'Kind' }), {
              title: 'Allowed kinds',
              description: 'Files of other kinds are refused; an empty list refuses all. Every kind is allowed if none is chosen.',
              uniqueItems: true,
            }),
          ),
          max_size: Type.Optional(
            Type.Number({ exclusiveMinimum: 0, title: 'Largest size', description: 'In MB. A file whose size the channel does not tell is let through.' }),
          ),
        },
        { title: 'Attachments', description: 'Which files may come. Adds the exit “refused attachment”.' },
      ),
    ),
    languages: Type.Optional(
      languagesSetting({
        title: 'Languages',
        description: 'The message has to be in one of these. Adds the exit “other language”. A text that is too short to tell is let through.',
      }),
    ),
    timeout: readingTimeout,
  }),
  example: { type: 'message_check', max_length: 4096, exits: { ok: 'topic', too_long: 'split' } },
  exits: block => [
    { name: 'ok', needed: true },
    { name: 'too_long', needed: true },
    ...(block.min_length === undefined ? [] : [{ name: 'too_short', needed: true }]),
    ...(block.attachments === undefined ? [] : [{ name: 'refused_attachment', needed: true }]),
    ...(block.languages === undefined ? [] : [{ name: 'other_language', needed: true }]),
    ...(block.timeout === undefined ? [] : [{ name: 'timeout', needed: true }]),
  ],
  run: (block, turn) => check(block, turn),
  lint: (block, view) => [
    ...(typeof block.max_length === 'number' ? emptyRange(view, block.min_length, block.max_length, '/min_length') : []),
    ...(block.languages?.length === 0
      ? [view.problem('no_languages', 'error', '/languages', 'No language is chosen, so nothing is checked.', 'Choose a language or remove the check.')]
      : []),
  ],
})

function check(block: Checks, turn: Turn): Outcome {
  const message = turn.message
  if (message === null) return OK
  const limit = typeof block.max_length === 'number' ? block.max_length : turn.limits.text
  const { length } = message.text
  if (block.attachments !== undefined && message.attachments !== undefined) {
    const refused = refusedAttachment(block.attachments, message.attachments)
    if (refused !== undefined) return leave('refused_attachment', refused)
  }
  if (length > limit) return leave('too_long', `${length} of ${limit} characters`)
  if (block.min_length !== undefined && length < block.min_length && !(length === 0 && carriesMore(message))) {
    return leave('too_short', `${length} of at least ${block.min_length} characters`)
  }
  return block.languages === undefined || length === 0 ? OK : checkLanguage(block.languages, turn.tools.detectLanguage(message.text))
}

function refusedAttachment(rules: NonNullable<Checks['attachments']>, attachments: NonNullable<InboundMessage['attachments']>): string | undefined {
  for (const { kind, size } of attachments) {
    if (rules.allow !== undefined && !rules.allow.includes(kind)) return `${kind} is not allowed`
    if (rules.max_size !== undefined && size !== undefined && size > rules.max_size * MEGABYTE) {
      return `${Math.ceil((size / MEGABYTE) * 10) / 10} of ${rules.max_size} MB`
    }
  }
  return undefined
}

function carriesMore(message: InboundMessage): boolean {
  return (message.attachments?.length ?? 0) > 0 || message.location !== undefined || message.shared_contact !== undefined
}

function checkLanguage(languages: readonly string[], language: string | null): Outcome {
  const base = language?.split('-')[0]
  if (language === null || base === undefined || languages.length === 0 || languages.some(wanted => wanted.split('-')[0] === base)) return OK
  return leave('other_language', `Looks like ${languageName(language)}`)
}
