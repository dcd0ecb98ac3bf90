/** `text_over_limit` and `buttons_over_limit`: what a bound channel cannot show as it is drawn. Nothing is lost (rules 30, 41), it only looks different. */
import type { Abilities } from '../abilities.ts'
import type { Problem } from '../errors.ts'
import { isObject } from '../file/json-schema.ts'
import type { RecordedText } from './record.ts'
import { blockProblem, eachBlock, figure, type LintedBlock } from './view.ts'

/** One problem a block and channel for its longest text, its buttons or its longest label. */
export const limits = eachBlock((linted, { channels }) => {
  if (channels.length === 0) return []
  const shape = shapeOf(linted)
  return channels.flatMap(channel => [...textOverLimit(linted, shape, channel), ...buttonsOverLimit(linted, shape, channel)])
})

/** What counts of a block's message, whatever the channel. */
interface Shape {
  readonly said: RecordedText | undefined
  readonly label: RecordedText | undefined
  readonly count: number
  readonly hasUrl: boolean
  /** Where the buttons are. */
  readonly at: string
}

function shapeOf(linted: LintedBlock): Shape {
  const { texts } = linted.recording
  const buttons = buttonsOf(linted)
  return { ...buttons, said: longest(texts, isSaid), label: buttons.count > 0 ? longest(texts, isLabel) : undefined }
}

function textOverLimit(linted: LintedBlock, { said, count, hasUrl }: Shape, channel: Abilities): readonly Problem[] {
  if (!said) return []
  // Beyond the most buttons they become a list in the text, which then has the limit of plain texts.
  const most = mostButtons(channel, hasUrl)
  const limit = count > 0 && count <= most.count ? Math.min(channel.text, most.text) : channel.text
  if (said.fixed_length <= limit) return []
  const message = `${linted.name} is ${figure(said.fixed_length)} characters long; ${channel.title} takes ${figure(limit)} in one message${count > 0 ? ' with buttons' : ''}.`
  return [
    blockProblem(linted, 'text_over_limit', 'warning', said.at, message, {
      hint: 'It will be sent in several messages. Shorten it, or split it where it reads best.',
    }),
  ]
}

function buttonsOverLimit(linted: LintedBlock, { label, count, hasUrl, at }: Shape, channel: Abilities): readonly Problem[] {
  if (count === 0) return []
  const most = mostButtons(channel, hasUrl)
  if (count > most.count) {
    const shows = most.count === 0 ? 'has none' : `shows at most ${figure(most.count)}`
    const message = `${linted.name} has ${figure(count)} buttons; ${channel.title} ${shows}.`
    return [blockProblem(linted, 'buttons_over_limit', 'warning', at, message, { hint: 'They will be shown there as a numbered list in the text.' })]
  }
  if (!label || label.fixed_length <= channel.buttons.label) return []
  const message = `A button of ${linted.name} is ${figure(label.fixed_length)} characters long; ${channel.title} shows ${figure(channel.buttons.label)}.`
  return [blockProblem(linted, 'text_over_limit', 'warning', label.at, message, { hint: 'Shorten the label: the rest may be cut off.' })]
}

function mostButtons(channel: Abilities, hasUrl: boolean): { readonly count: number; readonly text: number } {
  const narrower = hasUrl ? channel.buttons.with_url : undefined
  return { count: narrower?.most ?? channel.buttons.most, text: narrower?.text ?? channel.buttons.text }
}

/** Buttons are settings called `choices` or `buttons`; each has a label. */
function buttonsOf({ block }: LintedBlock): { readonly count: number; readonly hasUrl: boolean; readonly at: string } {
  for (const [key, value] of Object.entries(block)) {
    if ((key !== 'choices' && key !== 'buttons') || !Array.isArray(value)) continue
    const buttons: readonly unknown[] = value
    return { count: buttons.length, hasUrl: buttons.some(button => isObject(button) && button.url !== undefined), at: `/${key}` }
  }
  return { count: 0, hasUrl: false, at: '' }
}

function isLabel(at: string): boolean {
  return /^\/(?:choices|buttons)\/\d+\/label(?:\/|$)/.test(at)
}

function isSaid(at: string): boolean {
  return !isLabel(at) && !/\/(?:url|value|name|body)(?:\/|$)/.test(at)
}

function longest(texts: readonly RecordedText[], counts: (at: string) => boolean): RecordedText | undefined {
  let best: RecordedText | undefined
  for (const text of texts) if (text.fixed_length > (best?.fixed_length ?? 0) && counts(text.at)) best = text
  return best
}
