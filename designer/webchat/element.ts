/** Elements without a framework. Text is always set as text: nothing the contact or the flow says is read as HTML. */

/** Attributes of an element; `undefined` and `false` leave one out. Functions listen to the event of their name. */
type Attributes = Readonly<Record<string, string | number | boolean | undefined | ((event: Event) => void)>>

/** Makes an element with attributes and children; a string child is text. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name, value)
    else if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : String(value))
  }
  made.append(...children)
  return made
}

/** Text for screen readers only. With a direction of its own, so that it does not decide that of the message it stands in. */
export function unseen(text: string): HTMLElement {
  return element('span', { class: 'unseen', dir: 'auto' }, text)
}

const PATHS = {
  close: 'M4 4l8 8M12 4l-8 8',
  attach: 'M12.5 7.5 7.8 12.2a2.8 2.8 0 0 1-4-4L8.7 3.3a1.9 1.9 0 0 1 2.7 2.7L6.7 10.7a.9.9 0 0 1-1.3-1.3l4-4',
  send: 'M8 13V3.5M4 7.3 8 3.3l4 4',
  down: 'M8 3v9.5M4 8.7l4 4 4-4',
  check: 'M3.5 8.5l3 3 6-7',
  file: 'M4 2.5h5l3 3v8H4zM9 2.5v3h3',
} as const

/** The names of the page's icons. */
type IconName = keyof typeof PATHS

/** An icon of 16, drawn in the colour of the text. */
export function icon(name: IconName): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  svg.setAttribute('viewBox', '0 0 16 16')
  svg.setAttribute('class', 'icon')
  svg.setAttribute('aria-hidden', 'true')
  path.setAttribute('d', PATHS[name])
  svg.append(path)
  return svg
}
