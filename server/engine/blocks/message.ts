import { parseDuration, type Template } from '../language/index.ts'
import type { Turn } from '../turn.ts'
import { type CompiledText, defineBlock, leave, type Outcome } from './block.ts'
import { idProblems, isBlank } from './problems.ts'
import { Type } from './setting-type.ts'
import { choiceSetting, durationSetting, idSetting, part, settings, textSetting } from './settings.ts'

const SAID: Outcome = leave('next')

interface CompiledButton {
  readonly id: string
  readonly label: CompiledText | undefined
  readonly url: Template | undefined
}

interface Compiled {
  readonly text: CompiledText | undefined
  readonly attachment: Template | undefined
  readonly buttons: readonly CompiledButton[]
  readonly options: { readonly typing_ms?: number; readonly replace?: boolean } | undefined
  /** Nothing but a text: the common case, sent without looking at the rest. */
  readonly isPlain: boolean
}

/** Says something and goes on. A press on its buttons answers the next block that waits. */
export const message = defineBlock({
  type: 'message',
  group: 'talk',
  title: 'Message',
  purpose: 'Sends a text, a file or a place, with buttons if you like, and goes on without waiting for an answer.',
  schema: settings({
    text: Type.Optional(
      textSetting({ title: 'Text', description: 'What the contact reads. With an attachment it is the caption where the channel has captions.' }),
    ),
    attachment: Type.Optional(
      part(
        {
          kind: choiceSetting(['image', 'file', 'audio', 'voice', 'video'], {
            title: 'Kind',
            description: 'How the channel shows it. A channel that cannot show this kind sends the address.',
          }),
          url: Type.String({ title: 'Address', description: 'Where the file is, as https address; may contain {{ variables }}.' }),
          name: Type.Optional(Type.String({ title: 'File name', description: 'The name the contact sees.' })),
        },
        { title: 'Attachment', description: 'One file that goes with the text.' },
      ),
    ),
    location: Type.Optional(
      part(
        {
          latitude: Type.Number({ minimum: -90, maximum: 90, title: 'Latitude', description: 'Degrees, north is positive.' }),
          longitude: Type.Number({ minimum: -180, maximum: 180, title: 'Longitude', description: 'Degrees, east is positive.' }),
          name: Type.Optional(Type.String({ title: 'Name', description: 'What the place is called.' })),
          address: Type.Optional(Type.String({ title: 'Street address', description: 'As one would write it on a letter.' })),
        },
        { title: 'Place', description: 'A place on the map.' },
      ),
    ),
    buttons: Type.Optional(
      Type.Array(
        settings({
          id: idSetting({ title: 'Id', description: 'What the press is known by; it stays when the label changes.' }),
          label: textSetting({ title: 'Label', description: 'What the button says.' }),
          url: Type.Optional(Type.String({ title: 'Address', description: 'Opens this address instead of answering; may contain {{ variables }}.' })),
        }),
        {
          title: 'Buttons',
          description: 'Shortcuts under the message. A press is the answer to the next block that waits. To lead each one elsewhere, use a menu.',
        },
      ),
    ),
    typing: Type.Optional(durationSetting({ title: 'Typing', description: 'Shows that somebody types for this long before the message is sent, like 2 s.' })),
    replace: Type.Optional(
      Type.Boolean({
        title: 'Replace the previous message',
        description: 'Takes the place of the message before it where the channel can do that; elsewhere it is a new message.',
      }),
    ),
  }),
  example: { type: 'message', text: 'Your order {{ vars.order_number }} is on its way.', typing: '1 s', exits: { next: 'anything_else' } },
  exits: () => [{ name: 'next', needed: false }],
  compile(block, compiler): Compiled {
    const typing_ms = block.typing === undefined ? null : parseDuration(block.typing)
    const options = { ...(typing_ms !== null && { typing_ms }), ...(block.replace && { replace: true }) }
    const buttons = (block.buttons ?? []).map(({ id, label, url }, index) => ({
      id,
      label: compiler.text(label, `/buttons/${index}/label`),
      url: url === undefined ? undefined : compiler.template(url, `/buttons/${index}/url`),
    }))
    return {
      text: compiler.text(block.text, '/text'),
      attachment: block.attachment && compiler.template(block.attachment.url, '/attachment/url'),
      buttons,
      options: Object.keys(options).length > 0 ? options : undefined,
      isPlain: block.attachment === undefined && block.location === undefined && buttons.length === 0,
    }
  },
  run(block, turn, compiled) {
    const text = compiled.text ? turn.say(compiled.text) : ''
    if (compiled.isPlain) {
      turn.send({ text }, compiled.options)
      return SAID
    }
    const { attachment, location } = block
    turn.send(
      {
        ...(text !== '' && { text }),
        ...(attachment &&
          compiled.attachment && {
            attachment: { kind: attachment.kind, url: compiled.attachment.render(turn.scope()), ...(attachment.name && { name: attachment.name }) },
          }),
        ...(location && { location }),
        ...(compiled.buttons.length > 0 && { buttons: compiled.buttons.map(button => makeButton(button, turn)) }),
      },
      compiled.options,
    )
    return SAID
  },
  lint(block, view) {
    const isEmpty = isBlank(block.text) && block.attachment === undefined && block.location === undefined
    const buttons = block.buttons ?? []
    return [
      ...(isEmpty ? [view.problem('empty_text', 'error', '/text', 'The message says nothing.', 'Write a text, or add an attachment or a place.')] : []),
      ...(block.attachment && block.attachment.url.trim() === ''
        ? [view.problem('no_address', 'error', '/attachment/url', 'The attachment has no address.', 'Say where the file is.')]
        : []),
      ...idProblems(view, buttons, '/buttons', []),
      ...buttons.flatMap(({ label }, index) =>
        isBlank(label) ? [view.problem('empty_text', 'error', `/buttons/${index}/label`, 'The button has no label.', 'Write what the button says.')] : [],
      ),
    ]
  },
})

function makeButton({ id, label, url }: CompiledButton, turn: Turn) {
  const text = (label && turn.say(label)) || id
  return url ? { label: text, url: url.render(turn.scope()) } : { label: text, payload: `${turn.next_wait}:${id}` }
}
