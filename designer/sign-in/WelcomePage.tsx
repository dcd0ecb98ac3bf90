/** Where a one-time link leads: choose a password and go in. The token is in the address behind `#`, which no server and no log sees. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { meApi } from '../api.ts'
import { Loading } from '../shell/Loading.tsx'
import message from '../shell/message.module.css'
import { Logo } from '../ui/Logo.tsx'
import { useTitle } from '../ui/title.ts'
import { words } from '../words/en.ts'
import classes from './StartPage.module.css'
import { WelcomeForm } from './WelcomeForm.tsx'

/** The page of `/welcome#<token>`. */
export function WelcomePage() {
  useTitle(words.signIn.welcome)
  const [token] = useState(() => location.hash.slice(1))
  const known = useQuery({ queryKey: ['welcome', token], queryFn: () => meApi.readWelcome(token), retry: false, staleTime: Number.POSITIVE_INFINITY })
  if (known.isPending) return <Loading />
  if (known.isError) return <DeadLink />
  return (
    <main className={classes.page}>
      <header className={classes.header}>
        <Logo size={32} />
        <h1>{known.data.name === null ? words.signIn.welcomeFirst : words.signIn.welcomeTitle(known.data.name)}</h1>
      </header>
      <p className={classes.lead}>
        {known.data.name === null ? words.signIn.welcomeFirstLead : words.signIn.welcomeLead(words.settings.roles[known.data.role].name)}
      </p>
      <section className={classes.card}>
        <WelcomeForm token={token} guest={known.data} />
      </section>
    </main>
  )
}

function DeadLink() {
  return (
    <main className={message.message}>
      <h1>{words.signIn.deadLink}</h1>
      <p>{words.signIn.deadLinkHint}</p>
      <Button component={Link} href="/" variant="filled">
        {words.signIn.toSignIn}
      </Button>
    </main>
  )
}
