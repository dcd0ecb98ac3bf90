/** A shortcut as it stands on the keyboard of the person at the screen. */
import { Kbd } from '@mantine/core'

const isApple = /Mac|iPhone|iPad/.test(navigator.platform)

const NAMES: Readonly<Record<string, string>> = {
  mod: isApple ? '⌘' : 'Ctrl',
  ctrl: 'Ctrl',
  alt: isApple ? '⌥' : 'Alt',
  shift: isApple ? '⇧' : 'Shift',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Space: 'Space',
  Slash: '/',
  Delete: 'Del',
  Equal: '+',
  minus: '−',
}

/** `mod+shift+Z` in words: "Ctrl Shift Z", or "⌘⇧Z" on a Mac. */
export function sayKeys(keys: string): string {
  const parts = keys.split(/\+(?!$)/).map(part => NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part))
  return parts.join(isApple ? '' : ' ')
}

/** The shortcut as a key cap. */
export function Keys({ keys }: { readonly keys: string }) {
  return <Kbd>{sayKeys(keys)}</Kbd>
}
