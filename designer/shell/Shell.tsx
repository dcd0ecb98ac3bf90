/** The frame around every page but the editor: navigation at the left, the page beside it. */
import { type ReactNode, useMemo } from 'react'
import { Link, useLocation } from 'wouter'
import { navigate } from 'wouter/use-browser-location'
import { Icon } from '../ui/Icon.tsx'
import { Logo } from '../ui/Logo.tsx'
import { words } from '../words/en.ts'
import { AccountMenu } from './AccountMenu.tsx'
import { useMe } from './me.ts'
import { PAGES, type Page } from './pages.ts'
import { type Action, useActions } from './palette.ts'
import classes from './Shell.module.css'

/** Shows `children` as the page. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const pages = useMyPages()
  useActions(useMemo<readonly Action[]>(() => pages.map(goTo), [pages]))
  return (
    <div className={classes.app}>
      <a className={classes.skip} href="#content">
        {words.shell.skipToContent}
      </a>
      <nav className={classes.side} aria-label={words.shell.mainNavigation}>
        <div className={classes.brand}>
          <Logo />
          <span className={classes.name}>{words.shell.product}</span>
        </div>
        {pages.map(page => (
          <NavLine key={page.path} page={page} />
        ))}
        <AccountMenu />
      </nav>
      <main id="content" className={classes.content} tabIndex={-1}>
        {children}
      </main>
    </div>
  )
}

function NavLine({ page }: { readonly page: Page }) {
  const [location] = useLocation()
  const isHere = location === page.path || location.startsWith(`${page.path}/`)
  return (
    <Link href={page.path} className={classes.line} title={page.label} {...(isHere ? { 'aria-current': 'page' } : {})}>
      <Icon path={page.icon} />
      <span className={classes.name}>{page.label}</span>
    </Link>
  )
}

function useMyPages(): readonly Page[] {
  const { data: me } = useMe()
  return useMemo(() => PAGES.filter(page => page.scope === undefined || me?.scopes.includes('admin') || me?.scopes.includes(page.scope)), [me])
}

function goTo(page: Page): Action {
  return { name: `go_to${page.path.replaceAll('/', '_')}`, group: 'go', label: page.label, icon: page.icon, run: () => navigate(page.path) }
}
