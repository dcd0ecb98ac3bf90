/** Light or dark, and the connector's own colour. */

/** Follows `?theme=light|dark`, else the system, also when it changes. */
export function applyTheme(wanted: string | null): void {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const apply = () => {
    document.documentElement.dataset.theme = wanted === 'light' || wanted === 'dark' ? wanted : system.matches ? 'dark' : 'light'
  }
  system.addEventListener('change', apply)
  apply()
}

/** Gives the visitor's messages the connector's colour, which the server has made dark enough for white text. */
export function applyColour(bubble: string | undefined): void {
  if (bubble === undefined) return
  const root = document.documentElement
  root.dataset.colour = 'own'
  root.style.setProperty('--bubble', bubble)
  root.style.setProperty('--on-bubble', '#FFFFFF')
}
