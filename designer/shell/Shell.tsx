/** The frame around every page but the editor: navigation at the left, the page beside it. */
import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { Icon } from '../ui/Icon.tsx'
import { Logo } from '../ui/Logo.tsx'
import { words } from '../words/en.ts'
import { AccountMenu } from './AccountMenu.tsx'
import { useMyPages } from './EverywhereActions.tsx'
import type { Page } from './pages.ts'
import classes from './Shell.module.css'
import { SkipLink } from './SkipLink.tsx'

/** Shows `children` as the page. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const pages = useMyPages()
  return (
    <div className={classes.app}>
      <SkipLink label={words.shell.skipToContent} />
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
