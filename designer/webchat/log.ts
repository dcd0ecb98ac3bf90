/** The message list: keeps the elements of lines that stay, and the reader at the end unless they scrolled away. */
import { element, icon } from './element.ts'
import { drawLine, type LineActions } from './line.ts'
import type { Line } from './transcript.ts'
import { WORDS } from './words.ts'

/** The message list on screen. */
export interface Log {
  readonly root: HTMLElement
  show(lines: readonly Line[]): void
  /** Shows typing dots for so long; 0 takes them away. */
  showTyping(ms: number): void
  toEnd(): void
}

/** How far from its end a list still counts as being read at the end (px). */
const NEAR = 80

/** Makes the list. `title` is the name the flow speaks under. */
export function makeLog(title: string, actions: LineActions): Log {
  // Silent until the first lines stand: a screen reader should not read out a whole history.
  const list = element('div', { class: 'log', role: 'log', 'aria-live': 'off', 'aria-label': title, tabindex: 0 })
  const dots = element('div', { class: 'typing', hidden: true, 'aria-hidden': true }, element('i'), element('i'), element('i'))
  const toEnd = () => list.scrollTo({ top: list.scrollHeight })
  const more = element('button', { class: 'more', type: 'button', hidden: true, click: toEnd }, WORDS.newMessages, icon('down'))
  const root = element('div', { class: 'reading' }, list, more)
  list.append(dots)

  const shown = new Map<string, { readonly line: string; readonly drawn: HTMLElement }>()
  let typing: ReturnType<typeof setTimeout> | undefined
  const isNearEnd = () => list.scrollHeight - list.scrollTop - list.clientHeight < NEAR
  let isAtEnd = true
  let lastTop = 0
  list.addEventListener('scroll', () => {
    // Only scrolling up leaves the end; a picture that grows below does not.
    if (isNearEnd()) isAtEnd = true
    else if (list.scrollTop < lastTop) isAtEnd = false
    lastTop = list.scrollTop
    if (isAtEnd) more.hidden = true
  })
  // Pictures that load and a keyboard that opens change the height: whoever reads the end stays there.
  const stay = () => isAtEnd && toEnd()
  list.addEventListener('load', stay, true)
  new ResizeObserver(stay).observe(list)

  return {
    root,
    toEnd,
    show(lines) {
      const wasAtEnd = isAtEnd
      const before = shown.size
      const keys = new Set(lines.map(line => line.key))
      for (const [key, { drawn }] of shown) {
        if (keys.has(key)) continue
        drawn.remove()
        shown.delete(key)
      }
      let previous: Element | null = null
      for (const line of lines) {
        const text = JSON.stringify(line)
        const old = shown.get(line.key)
        const drawn = old?.drawn ?? drawLine(line, title, actions)
        if (old !== undefined && old.line !== text) redraw(drawn, drawLine(line, title, actions))
        shown.set(line.key, { line: text, drawn })
        const next: Element | null = previous === null ? list.firstElementChild : previous.nextElementSibling
        if (next !== drawn) list.insertBefore(drawn, next)
        previous = drawn
      }
      const last = lines.at(-1)
      const isOwn = last?.kind === 'message' && last.from === 'contact'
      if (wasAtEnd || before === 0) toEnd()
      else if (shown.size > before && isOwn) toEnd()
      else if (shown.size > before) more.hidden = false
      requestAnimationFrame(() => list.setAttribute('aria-live', 'polite'))
    },
    showTyping(ms) {
      clearTimeout(typing)
      dots.hidden = ms <= 0
      if (ms <= 0) return
      typing = setTimeout(() => {
        dots.hidden = true
      }, ms)
      if (isAtEnd) toEnd()
    },
  }
}

/** Changes only what differs, so that a screen reader does not read a message again when its note changes, and the focus stays. */
function redraw(old: Element, drawn: Element): void {
  const parts = [...drawn.children]
  for (const [index, part] of [...old.children].entries()) {
    const next = parts[index]
    if (next === undefined) part.remove()
    else if (part.outerHTML === next.outerHTML) continue
    else if (part.className === 'buttons' && next.className === 'buttons') redraw(part, next)
    else {
      const hadFocus = part.contains(document.activeElement)
      part.replaceWith(next)
      if (hadFocus && next instanceof HTMLElement) next.focus()
    }
  }
  old.append(...parts.slice(old.children.length))
}
