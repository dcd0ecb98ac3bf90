/** What somebody sees who is not signed in: the way in, and the chats that are open to everybody. */
import { useQuery } from '@tanstack/react-query'
import { meApi } from '../api.ts'
import { Logo } from '../ui/Logo.tsx'
import { useTitle } from '../ui/title.ts'
import { words } from '../words/en.ts'
import { Chats } from './Chats.tsx'
import { SignInForm } from './SignInForm.tsx'
import classes from './StartPage.module.css'

/** The first page. */
export function StartPage() {
  useTitle(words.signIn.title)
  const { data: state } = useQuery({ queryKey: ['sign_in'], queryFn: ({ signal }) => meApi.state(signal) })
  return (
    <main className={classes.page}>
      <header className={classes.header}>
        <Logo size={32} />
        <h1>{words.shell.product}</h1>
      </header>
      <p className={classes.lead}>{words.signIn.lead}</p>
      <section className={classes.card}>{state?.needs_first_administrator ? <FirstAdministrator /> : <SignInForm />}</section>
      <Chats />
      <footer className={classes.footer}>
        <a href="/api/openapi.json">{words.signIn.developers}</a>
      </footer>
    </main>
  )
}

function FirstAdministrator() {
  return (
    <>
      <h2>{words.signIn.firstTitle}</h2>
      <p>{words.signIn.firstLead}</p>
      <p className={classes.quiet}>{words.signIn.firstWhere}</p>
    </>
  )
}
