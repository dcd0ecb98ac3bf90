/** Whose keys they are, and what the focus does: it chooses, unless it only went where something was left. */
import { NOTHING_CHOSEN, type Selection } from '../commands/index.ts'

/** Whether an event belongs to the canvas: it takes those that happen on it or nowhere, never those of fields, panels and dialogs. */
export function isForCanvas(target: EventTarget | null, root: HTMLElement | null): boolean {
  if (!(target instanceof Element) || isTextField(target)) return false
  if (target === document.body || target === document.documentElement) return true
  return root?.contains(target) === true && !target.closest('[data-keys="own"], button, a, summary')
}

/** Whether somebody writes there, or in a window over the page: the clipboard is then theirs. */
export function isForText(target: EventTarget | null): boolean {
  return target instanceof Element && (isTextField(target) || target.closest('[contenteditable="true"], [aria-modal="true"]') !== null)
}

function isTextField(element: Element): boolean {
  return element.matches('input, textarea, select, [contenteditable="true"]')
}

let isQuiet = false

/** Focuses without choosing: after something was deleted, what gets the focus is not what the same key may delete next. */
export function focusQuietly(element: HTMLElement): void {
  isQuiet = true
  element.focus({ preventScroll: true })
  isQuiet = false
}

/** What a focus that came by key chooses; undefined where it changes nothing. */
export function chosenByFocus(target: EventTarget, selection: Selection): Selection | undefined {
  if (isQuiet || !(target instanceof Element) || !target.matches(':focus-visible')) return undefined
  const chosen = thingOf(target)
  if (!chosen) return undefined
  const isIn = (['blocks', 'notes', 'frames'] as const).some(kind => chosen[kind].some(id => selection[kind].includes(id)))
  return isIn ? undefined : chosen
}

/** The block, note or frame that an element shows or is part of, as if it were chosen. */
export function thingOf(element: Element | null): Selection | undefined {
  const id = element?.closest<HTMLElement>('.react-flow__node')?.dataset.id
  if (id === undefined) return undefined
  if (id.startsWith('note:')) return { ...NOTHING_CHOSEN, notes: [id.slice(5)] }
  return id.startsWith('frame:') ? { ...NOTHING_CHOSEN, frames: [id.slice(6)] } : { ...NOTHING_CHOSEN, blocks: [id] }
}
