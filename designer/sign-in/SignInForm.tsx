/** E-mail and password. */
import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { meApi } from '../api.ts'
import { useSetMe } from '../shell/me.ts'
import { words } from '../words/en.ts'
import classes from './StartPage.module.css'

/** After signing in the address stays, so that a link into a flow leads there. */
export function SignInForm() {
  const setMe = useSetMe()
  const signIn = useMutation({
    mutationFn: ({ email, password }: { email: string; password: string }) => meApi.signIn(email, password),
    onSuccess: setMe,
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    signIn.mutate({ email: String(fields.get('email') ?? ''), password: String(fields.get('password') ?? '') })
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      <h2>{words.signIn.title}</h2>
      <TextInput name="email" type="email" label={words.signIn.email} autoComplete="username" required withAsterisk={false} autoFocus />
      <PasswordInput name="password" label={words.signIn.password} autoComplete="current-password" required withAsterisk={false} />
      {signIn.isError && (
        <p className={classes.refusal} role="alert">
          {signIn.error.message}
        </p>
      )}
      <Button type="submit" variant="filled" disabled={signIn.isPending}>
        {signIn.isPending ? words.signIn.signingIn : words.signIn.signIn}
      </Button>
      <p className={classes.quiet}>{words.signIn.forgotten}</p>
    </form>
  )
}
