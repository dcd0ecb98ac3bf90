/** What can be done on every page, also where the navigation is not: other pages, light and dark, leaving. */
import { useMantineColorScheme } from '@mantine/core'
import { useMemo } from 'react'
import { navigate } from 'wouter/use-browser-location'
import { meApi } from '../api.ts'
import { icons } from '../ui/icons.ts'
import { words } from '../words/en.ts'
import { useMe, useSetMe } from './me.ts'
import { PAGES, type Page } from './pages.ts'
import { type Action, useActions } from './palette.ts'

/** The schemes in the order they are shown. */
export const THEMES = [
  { name: 'light', scheme: 'light', label: words.shell.light, icon: icons.sun },
  { name: 'dark', scheme: 'dark', label: words.shell.dark, icon: icons.moon },
  { name: 'like_the_system', scheme: 'auto', label: words.shell.likeTheSystem, icon: icons.settings },
] as const

/** Shows nothing. */
export function EverywhereActions() {
  const { setColorScheme } = useMantineColorScheme()
  const setMe = useSetMe()
  const pages = useMyPages()
  useActions(
    useMemo<readonly Action[]>(
      () => [
        ...pages.map(goTo),
        ...THEMES.map(({ name, scheme, label, icon }): Action => ({ name, group: 'app', label, icon, run: () => setColorScheme(scheme) })),
        {
          name: 'sign_out',
          group: 'app',
          label: words.shell.signOut,
          icon: icons.signOut,
          run: async () => {
            await meApi.signOut()
            setMe(null)
          },
        },
      ],
      [pages, setColorScheme, setMe],
    ),
  )
  return null
}

/** The pages that the person may see. */
export function useMyPages(): readonly Page[] {
  const { data: me } = useMe()
  return useMemo(() => PAGES.filter(page => page.scope === undefined || me?.scopes.includes('admin') || me?.scopes.includes(page.scope)), [me])
}

function goTo(page: Page): Action {
  return { name: `go_to${page.path.replaceAll('/', '_')}`, group: 'go', label: page.label, icon: page.icon, run: () => navigate(page.path) }
}
