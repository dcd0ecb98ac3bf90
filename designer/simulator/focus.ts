/** Where the focus was before somebody went into the simulator: Esc leads back there. */

let before: WeakRef<Element> | undefined

/** Remembers what had the focus; moving about inside the simulator changes nothing. */
export function cameFrom(last: Element | null, field: Element): void {
  if (last?.closest('aside') && last.closest('aside') === field.closest('aside')) return
  before = last ? new WeakRef(last) : undefined
}

/** Gives the focus back. With nothing to give it to the page has it, and keys are the canvas's again. */
export function goBack(): void {
  const last = before?.deref()
  if ((last instanceof HTMLElement || last instanceof SVGElement) && last.isConnected) last.focus()
  else if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
}
