/** The settings. */
import { words } from '../words/en.ts'

/** The page `/settings`. */
export function SettingsPage(_: { readonly section?: string | undefined }) {
  return <h1>{words.shell.pages.settings}</h1>
}
