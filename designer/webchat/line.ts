/** Draws one line of the log. */
import type { ShownAttachment } from '../../server/api/webchat-contract.ts'
import { element, icon, unseen } from './element.ts'
import { findLinks, safeAddress } from './links.ts'
import type { Line, LineButton } from './transcript.ts'
import { WORDS } from './words.ts'

/** What a line can ask for. */
export interface LineActions {
  press(payload: string, label: string): void
  again(client_id: string): void
  /** Begins a new chat after the end of one. */
  begin(): void
}

/** The element of a line. `title` is the name the flow speaks under. */
export function drawLine(line: Line, title: string, actions: LineActions): HTMLElement {
  if (line.kind === 'mark') return drawMark(line, actions)
  if (line.kind !== 'message') return element('p', { class: line.kind }, line.text)
  const who = line.from === 'contact' ? WORDS.you : `${line.name ?? title}:`
  const row = element('div', { class: `row ${line.from}` })
  if (line.from === 'agent' && line.name !== undefined) row.append(element('span', { class: 'name', 'aria-hidden': true, dir: 'auto' }, line.name))
  for (const attachment of line.attachments) row.append(drawAttachment(attachment))
  if (line.text !== '') row.append(element('div', { class: 'bubble', dir: 'auto' }, unseen(`${who} `), ...drawText(line.text)))
  else if (line.attachments.length > 0) row.prepend(unseen(`${who} `))
  if (line.buttons.length > 0) row.append(element('div', { class: 'buttons' }, ...line.buttons.map(button => drawButton(button, actions))))
  if (line.note !== undefined) row.append(drawNote(line.note, actions))
  return row
}

function drawMark({ text, isLast }: Extract<Line, { kind: 'mark' }>, actions: LineActions): HTMLElement {
  const drawn = element('div', { class: 'mark' }, element('p', {}, text))
  if (isLast) drawn.append(element('button', { type: 'button', class: 'quick', click: () => actions.begin() }, WORDS.beginAgain))
  return drawn
}

function drawText(text: string): readonly (Node | string)[] {
  return findLinks(text).map(({ text: piece, href }) =>
    href === undefined ? piece : element('a', { href, target: '_blank', rel: 'noopener noreferrer nofollow' }, piece),
  )
}

function drawAttachment(attachment: ShownAttachment): HTMLElement {
  const name = attachment.name ?? ''
  const href = attachment.url === undefined ? undefined : safeAddress(attachment.url, location.href)
  const open = { href, target: '_blank', rel: 'noopener noreferrer' }
  if (href !== undefined && (attachment.kind === 'image' || attachment.kind === 'sticker')) {
    return element(
      'a',
      { ...open, class: 'picture' },
      element('img', { src: href, alt: name || WORDS.attachedImage, loading: 'lazy' }),
      unseen(` ${WORDS.opensNewTab}`),
    )
  }
  if (href !== undefined && (attachment.kind === 'audio' || attachment.kind === 'voice'))
    return element('audio', { src: href, controls: true, preload: 'none' })
  if (href !== undefined && attachment.kind === 'video') return element('video', { src: href, controls: true, preload: 'metadata' })
  const size = attachment.size === undefined ? '' : fileSize(attachment.size)
  const words = element('span', { class: 'words' }, element('b', { dir: 'auto' }, name || attachment.kind), element('small', {}, size))
  return href === undefined
    ? element('span', { class: 'file' }, icon('file'), words)
    : element('a', { ...open, class: 'file', download: name === '' ? true : name }, icon('file'), words)
}

function drawButton(button: LineButton, actions: LineActions): HTMLElement {
  if (button.url !== undefined) {
    return element(
      'a',
      { class: 'quick', dir: 'auto', href: safeAddress(button.url, location.href), target: '_blank', rel: 'noopener noreferrer' },
      button.label,
    )
  }
  const { payload = '', label, state } = button
  const press = (event: Event) => {
    // The second click of a double click is not a second answer.
    if (event instanceof MouseEvent && event.detail > 1) return
    actions.press(payload, label)
  }
  const chosen = state === 'used' ? [icon('check'), label, unseen(` (${WORDS.used})`)] : [label]
  return element('button', { class: `quick ${state}`, dir: 'auto', type: 'button', click: press }, ...chosen)
}

function drawNote(note: NonNullable<Extract<Line, { kind: 'message' }>['note']>, actions: LineActions): HTMLElement {
  const { again } = note
  const drawn = element('span', { class: note.isProblem ? 'note problem' : 'note', 'aria-live': 'off' }, note.text)
  if (again !== undefined) drawn.append(' ', element('button', { type: 'button', class: 'again', click: () => actions.again(again) }, WORDS.again))
  return drawn
}

/** "12 kB", "3.4 MB". */
function fileSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
