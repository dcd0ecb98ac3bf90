/** What a one-time link asks: a password, and of the first administrator also name and e-mail. */
import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useLocation } from 'wouter'
import type { WelcomeAnswer } from '../../server/api/contract.ts'
import { meApi } from '../api.ts'
import { useSetMe } from '../shell/me.ts'
import { words } from '../words/en.ts'
import classes from './StartPage.module.css'

/** Signs in when it is done. */
export function WelcomeForm({ token, guest }: { readonly token: string; readonly guest: WelcomeAnswer }) {
  const [, navigate] = useLocation()
  const setMe = useSetMe()
  const enter = useMutation({
    mutationFn: meApi.welcome,
    onSuccess: me => {
      navigate('/flows', { replace: true })
      setMe(me)
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const text = (name: string) => String(fields.get(name) ?? '')
    enter.mutate({ token, password: text('password'), ...(guest.name === null ? { name: text('name'), email: text('email') } : {}) })
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      {guest.name === null && <TextInput name="name" label={words.signIn.name} autoComplete="name" required withAsterisk={false} maxLength={100} autoFocus />}
      {guest.email === null ? (
        <TextInput name="email" type="email" label={words.signIn.email} autoComplete="username" required withAsterisk={false} />
      ) : (
        <TextInput name="email" type="email" label={words.signIn.email} autoComplete="username" value={guest.email} readOnly />
      )}
      <PasswordInput
        name="password"
        label={words.signIn.choosePassword}
        description={words.signIn.passwordHelp}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        autoComplete="new-password"
        minLength={10}
        maxLength={128}
        required
        withAsterisk={false}
      />
      {enter.isError && (
        <p className={classes.refusal} role="alert">
          {enter.error.message}
        </p>
      )}
      <Button type="submit" variant="filled" disabled={enter.isPending}>
        {enter.isPending ? words.signIn.entering : words.signIn.enter}
      </Button>
    </form>
  )
}
