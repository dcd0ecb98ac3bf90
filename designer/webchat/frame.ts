/** The page inside the widget's frame: it hears when the panel opens and says what the round button should show. */

/** Talks with the widget around the page. */
export interface Frame {
  /** The panel is open; a page of its own always is. */
  isOpen(): boolean
  close(): void
  showUnread(count: number): void
}

/** Joins the widget when the page is inside one (`?embed=1`). `changed` is called when the panel opens or closes. */
export function joinFrame(isEmbedded: boolean, changed: (isOpen: boolean) => void): Frame {
  if (!isEmbedded || window.parent === window) return { isOpen: () => true, close: () => undefined, showUnread: () => undefined }
  let isOpen = false
  // The server lets only allowed sites frame the page, and nothing here is secret, so any of them may hear it.
  const say = (message: object) => window.parent.postMessage({ from: 'parley', ...message }, '*')
  window.addEventListener('message', event => {
    if (event.source !== window.parent || event.data?.from !== 'parley') return
    if (event.data.type !== 'opened' && event.data.type !== 'closed') return
    isOpen = event.data.type === 'opened'
    changed(isOpen)
  })
  const close = () => {
    // At once, not when the widget answers: what arrives in between is not read.
    isOpen = false
    say({ type: 'close' })
  }
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape' && !event.defaultPrevented && !event.isComposing) close()
  })
  say({ type: 'ready' })
  return { isOpen: () => isOpen, close, showUnread: count => say({ type: 'unread', count }) }
}
