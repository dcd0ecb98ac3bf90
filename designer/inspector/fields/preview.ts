/** How a message looks on a channel: the engine adapts it, values stand where templates print them. */
import { type Abilities, type AdaptedMessage, adaptMessage, type Block, compileTemplate, type LogicalMessage, type Text } from '../../../server/engine/index.ts'
import { isSettings, readList, readString, tokenName } from '../../blocks/gist/index.ts'

/** What a preview prints. */
export interface PreviewSetting {
  readonly language: string
  readonly languages: readonly string[]
  /** Last values by path. */
  readonly known: ReadonlyMap<string, string | undefined>
  readonly time_zone: string
  readonly now: number
}

/** The message of a block that talks, adapted. Undefined while it has nothing to say. */
export function previewOf(block: Block, abilities: Abilities, setting: PreviewSetting): AdaptedMessage | undefined {
  const message = messageOf(block, setting)
  const adapted = adaptMessage(message, abilities)
  return adapted.parts.length === 0 ? undefined : adapted
}

/** A text with the values that are known; what is not known stands in angle quotes. */
export function fillIn(source: string, { known, now, time_zone, language }: PreviewSetting): string {
  const compiled = compileTemplate(source)
  if (!compiled.ok) return source
  const { template } = compiled
  if (template.literal !== null) return template.literal
  const scope = { contact: {}, conversation: {}, message: {}, vars: {}, now, time_zone, language }
  for (const path of template.roots) {
    const [root = '', name] = path.split('.')
    // A default in the text is better than a placeholder.
    const value = known.get(path) ?? (hasDefault(source, path) ? undefined : `‹${tokenName(path)}›`)
    const part = Reflect.get(scope, root)
    if (name !== undefined && value !== undefined && typeof part === 'object' && part !== null) Reflect.set(part, name, value)
  }
  try {
    return template.render(scope)
  } catch {
    return source
  }
}

function messageOf(block: Block, setting: PreviewSetting): LogicalMessage {
  const text = say(block.text, setting)
  const buttons = buttonsOf(block, setting)
  const { attachment, location } = block
  return {
    ...(text !== '' && { text }),
    ...(buttons.length > 0 && { buttons }),
    ...(isSettings(attachment) && {
      attachment: {
        kind: kindOf(readString(attachment.kind)),
        url: fillIn(readString(attachment.url), setting),
        ...(readString(attachment.name) !== '' && { name: readString(attachment.name) }),
      },
    }),
    ...(isSettings(location) &&
      typeof location.latitude === 'number' &&
      typeof location.longitude === 'number' && {
        location: {
          latitude: location.latitude,
          longitude: location.longitude,
          ...(readString(location.name) !== '' && { name: readString(location.name) }),
          ...(readString(location.address) !== '' && { address: readString(location.address) }),
        },
      }),
  }
}

function buttonsOf(block: Block, setting: PreviewSetting): NonNullable<LogicalMessage['buttons']> {
  if (block.type === 'rate') {
    const [from, to] = [typeof block.from === 'number' ? block.from : 1, typeof block.to === 'number' ? block.to : 5]
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => ({ label: String(from + index), payload: `1:r${from + index}` }))
  }
  const listed = block.type === 'question' && block.answer !== 'choice' ? [] : readList(block.choices ?? block.buttons)
  return listed.map(({ id, label, url }) => {
    const text = say(label, setting) || readString(id)
    return typeof url === 'string' ? { label: text, url: fillIn(url, setting) } : { label: text, payload: `1:${readString(id)}` }
  })
}

function say(value: unknown, setting: PreviewSetting): string {
  return fillIn(ownOrFirst(value, setting), setting)
}

/** As the engine chooses: the contact's language, else the flow's first, else any. */
function ownOrFirst(value: unknown, { language, languages }: PreviewSetting): string {
  if (typeof value === 'string') return value
  if (!isSettings(value)) return ''
  const texts = value as Exclude<Text, string>
  return texts[language] ?? texts[languages[0] ?? ''] ?? Object.values(texts)[0] ?? ''
}

const KINDS = ['image', 'file', 'audio', 'voice', 'video'] as const

function kindOf(kind: string): (typeof KINDS)[number] {
  return KINDS.find(known => known === kind) ?? 'file'
}

function hasDefault(source: string, path: string): boolean {
  const at = source.indexOf(path)
  return /^\s*\|[^}]*\bdefault\b/.test(source.slice(at + path.length))
}
