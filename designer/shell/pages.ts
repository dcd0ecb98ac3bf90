/** The pages of the navigation: a new page adds a line here and a route in `App.tsx`. */
import type { Scope } from '../../server/api/contract.ts'
import { icons } from '../ui/icons.ts'
import { words } from '../words/en.ts'

/** A line of the navigation. */
export interface Page {
  readonly path: string
  readonly label: string
  readonly icon: string
  /** Only for whoever may do this; left out: for everybody. */
  readonly scope?: Scope
}

/** In the order they are shown. */
export const PAGES: readonly Page[] = [
  { path: '/flows', label: words.shell.pages.flows, icon: icons.flows, scope: 'flows:read' },
  { path: '/conversations', label: words.shell.pages.conversations, icon: icons.conversations, scope: 'conversations:read' },
  { path: '/connectors', label: words.shell.pages.connectors, icon: icons.connectors, scope: 'connectors:read' },
  { path: '/settings', label: words.shell.pages.settings, icon: icons.settings },
]
