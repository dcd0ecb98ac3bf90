/** One's own name and password. */
import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { meApi } from '../api.ts'
import { useMe, useSetMe } from '../shell/me.ts'
import { toast, toastRefusal } from '../ui/toast.ts'
import { words } from '../words/en.ts'
import classes from './SettingsPage.module.css'

/** Two forms: who I am, and my password. */
export function AccountSection() {
  const { data: me } = useMe()
  const setMe = useSetMe()
  const change = useMutation({
    mutationFn: meApi.change,
    onSuccess: changed => {
      setMe(changed)
      toast(words.settings.saved)
    },
    onError: toastRefusal,
  })
  if (!me) return null
  const rename = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    change.mutate({ name: String(new FormData(event.currentTarget).get('name')) })
  }
  const changePassword = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const fields = new FormData(form)
    change.mutate({ old_password: String(fields.get('old_password')), password: String(fields.get('password')) }, { onSuccess: () => form.reset() })
  }
  const { account } = words.settings
  return (
    <>
      <form className={`${classes.card} ${classes.form}`} onSubmit={rename}>
        <h2>{words.settings.sections.account}</h2>
        <TextInput
          className={classes.narrow}
          name="name"
          label={account.name}
          defaultValue={me.name}
          autoComplete="name"
          maxLength={100}
          required
          withAsterisk={false}
        />
        <TextInput className={classes.narrow} label={account.email} value={me.email ?? ''} readOnly />
        {me.role && (
          <TextInput
            className={classes.narrow}
            label={account.role}
            description={words.settings.roles[me.role].does}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={words.settings.roles[me.role].name}
            readOnly
          />
        )}
        <div>
          <Button type="submit" variant="filled" disabled={change.isPending}>
            {words.settings.save}
          </Button>
        </div>
      </form>
      <form className={`${classes.card} ${classes.form}`} onSubmit={changePassword}>
        <h2>{account.password}</h2>
        <input type="text" name="username" autoComplete="username" value={me.email ?? ''} readOnly hidden />
        <PasswordInput
          className={classes.narrow}
          name="old_password"
          label={account.oldPassword}
          autoComplete="current-password"
          required
          withAsterisk={false}
        />
        <PasswordInput
          className={classes.narrow}
          name="password"
          label={account.newPassword}
          description={account.passwordHelp}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autoComplete="new-password"
          minLength={10}
          maxLength={128}
          required
          withAsterisk={false}
        />
        <div>
          <Button type="submit" disabled={change.isPending}>
            {account.changePassword}
          </Button>
        </div>
      </form>
    </>
  )
}
