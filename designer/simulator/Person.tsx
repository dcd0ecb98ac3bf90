/** Who writes in the run: a new or a returning contact, what is known of them, their language, and when it begins. */
import { Button, Popover, SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { simulator as words } from '../words/simulator.ts'
import classes from './Person.module.css'
import { contactFields, type Setting } from './setting.ts'
import type { Played, Simulation } from './simulation.ts'
import { zonedMoment, zonedText } from './zoned-time.ts'

/** A button with the person's name; its form starts the run again. */
export function Person({ simulation, played, write }: { readonly simulation: Simulation; readonly played: Played; write(): void }) {
  const { setting } = played
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" width={276} trapFocus withRoles>
      <Popover.Target>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          className={classes.button}
          leftSection={<Icon path={icons.person} size={14} />}
          rightSection={<Icon path={icons.chevronDown} size={12} />}
          onClick={() => setOpen(!isOpen)}
        >
          {words.person(setting.contact.first_name ?? '', setting.returning)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.settings}>
        <PersonForm
          key={String(isOpen)}
          played={played}
          start={next => {
            simulation.restart(next)
            setOpen(false)
            write()
          }}
        />
      </Popover.Dropdown>
    </Popover>
  )
}

function PersonForm({ played, start }: { readonly played: Played; start(setting: Setting): void }) {
  const [setting, setSetting] = useState(played.setting)
  const flow = played.flow?.flow
  const zone = played.flow?.time_zone ?? 'UTC'
  const fields = flow ? contactFields(flow) : []
  const known: Readonly<Record<string, string>> = words.fields
  return (
    <form
      className={classes.form}
      onSubmit={event => {
        event.preventDefault()
        start(setting)
      }}
    >
      <SegmentedControl
        fullWidth
        aria-label={words.settings}
        value={setting.returning ? 'returning' : 'new'}
        onChange={value => setSetting({ ...setting, returning: value === 'returning' })}
        data={[
          { value: 'new', label: words.newContact },
          { value: 'returning', label: words.returningContact },
        ]}
      />
      <p className={classes.hint}>{words.returningHint}</p>
      <div className={classes.fields}>
        {fields.map(name => (
          <TextInput
            key={name}
            label={known[name] ?? words.asTyped(name)}
            value={setting.contact[name] ?? ''}
            onChange={event => setSetting({ ...setting, contact: { ...setting.contact, [name]: event.currentTarget.value } })}
          />
        ))}
        <TextInput
          label={words.language}
          placeholder={words.languageUnknown}
          list="simulator-languages"
          value={setting.language}
          onChange={event => setSetting({ ...setting, language: event.currentTarget.value.trim() })}
          {...(LANGUAGE.test(setting.language) ? {} : { error: true })}
        />
        <datalist id="simulator-languages">
          {(flow?.languages ?? []).map(language => (
            <option key={language} value={language} />
          ))}
        </datalist>
        <TextInput
          type="datetime-local"
          className={classes.wide}
          label={words.begins(zone)}
          value={zonedText(setting.now, zone)}
          onChange={event => {
            const now = zonedMoment(event.currentTarget.value, zone)
            if (now !== undefined) setSetting({ ...setting, now })
          }}
        />
      </div>
      <Button type="submit" variant="filled" fullWidth disabled={!LANGUAGE.test(setting.language)}>
        {words.startAsThis}
      </Button>
    </form>
  )
}

/** As the file of flow tests has it; nothing is fine too. */
const LANGUAGE = /^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$/
