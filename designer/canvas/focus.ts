/** Whose keys they are: the canvas takes those that happen on it or nowhere, never those of fields, panels and dialogs. */

/** Whether an event belongs to the canvas. */
export function isForCanvas(target: EventTarget | null, root: HTMLElement | null): boolean {
  if (!(target instanceof Element) || isTextField(target)) return false
  if (target === document.body || target === document.documentElement) return true
  return root?.contains(target) === true && !target.closest('[data-keys="own"], button, a, summary')
}

function isTextField(element: Element): boolean {
  return element.matches('input, textarea, select, [contenteditable="true"]')
}
