/** Light or dark, the connector's own colour, and which way the page runs. */
import { directionOfLanguage } from '../ui/direction.ts'

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

/** The page runs as the language does that the flow will speak to this visitor: theirs where the flow has it, else its first. */
export function applyDirection(languages: readonly string[]): void {
  const base = (tag: string) => tag.toLowerCase().split('-')[0]
  const spoken = languages.find(language => base(language) === base(navigator.language)) ?? languages[0]
  document.documentElement.dir = spoken === undefined ? 'ltr' : directionOfLanguage(spoken)
}
