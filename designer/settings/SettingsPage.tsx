/** The settings: sections at the left, one of them beside. */
import { Link, Redirect } from 'wouter'
import { useMay } from '../shell/me.ts'
import { NotFound } from '../shell/NotFound.tsx'
import { useTitle } from '../ui/title.ts'
import { words } from '../words/en.ts'
import { AccountSection } from './AccountSection.tsx'
import { KeysSection } from './KeysSection.tsx'
import { SecretsSection } from './SecretsSection.tsx'
import classes from './SettingsPage.module.css'
import { UsersSection } from './UsersSection.tsx'

/** Sections by their part of the address. */
const SECTIONS = {
  account: { label: words.settings.sections.account, component: AccountSection, isForAdministrators: false },
  users: { label: words.settings.sections.users, component: UsersSection, isForAdministrators: true },
  keys: { label: words.settings.sections.keys, component: KeysSection, isForAdministrators: true },
  secrets: { label: words.settings.sections.secrets, component: SecretsSection, isForAdministrators: true },
} as const

/** The page `/settings/<section>`. */
export function SettingsPage({ section }: { readonly section?: string | undefined }) {
  const isAdministrator = useMay('admin')
  const title = Object.entries(SECTIONS).find(([name]) => name === section)?.[1].label
  useTitle(...(title === undefined ? [] : [title]), words.settings.title)
  if (section === undefined) return <Redirect to="/settings/account" replace />
  const shown = Object.entries(SECTIONS).filter(([, { isForAdministrators }]) => isAdministrator || !isForAdministrators)
  const Section = shown.find(([name]) => name === section)?.[1].component
  return (
    <>
      <h1 className={classes.title}>{words.settings.title}</h1>
      <div className={classes.page}>
        <nav className={classes.sections} aria-label={words.settings.title}>
          {shown.map(([name, { label }]) => (
            <Link key={name} href={`/settings/${name}`} {...(name === section ? { 'aria-current': 'page' as const } : {})}>
              {label}
            </Link>
          ))}
        </nav>
        <section className={classes.section}>{Section ? <Section /> : <NotFound />}</section>
      </div>
    </>
  )
}
