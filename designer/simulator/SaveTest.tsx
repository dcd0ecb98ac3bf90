/** Saves the run as a test, under a name that says what it shows. */
import { ActionIcon, Button, Popover, TextInput, Tooltip } from '@mantine/core'
import { useState } from 'react'
import { Icon } from '../ui/Icon.tsx'
import { toast } from '../ui/toast.ts'
import { simulator as words } from '../words/simulator.ts'
import { simulatorIcons } from './icons.ts'
import classes from './Person.module.css'
import type { Played } from './simulation.ts'
import type { SavedTests } from './use-tests.ts'
import { countActions, writeTest } from './write-test.ts'

/** A button with a small form. A test of the same name is replaced, and the form says so. */
export function SaveTest({ played, tests }: { readonly played: Played; readonly tests: SavedTests }) {
  const { flow, turns, setting } = played
  const [isOpen, setOpen] = useState(false)
  const [name, setName] = useState('')
  const isKnown = tests.tests.some(test => test.name === name.trim())
  const save = async () => {
    if (!flow || name.trim() === '') return
    const isSaved = await tests.put(writeTest(name.trim(), setting, flow, turns))
    if (!isSaved) return
    toast(words.testSaved(name.trim()))
    setOpen(false)
    setName('')
  }
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={276} trapFocus withRoles>
      <Popover.Target>
        <Tooltip label={words.saveAsTest} disabled={isOpen}>
          <ActionIcon aria-label={words.saveAsTest} disabled={!tests.mayChange || !flow || turns.length === 0} onClick={() => setOpen(!isOpen)}>
            <Icon path={simulatorIcons.save} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.saveAsTest}>
        <form
          className={classes.form}
          onSubmit={event => {
            event.preventDefault()
            void save()
          }}
        >
          <TextInput
            data-autofocus
            label={words.testName}
            placeholder={words.testNameExample}
            maxLength={200}
            value={name}
            onChange={event => setName(event.currentTarget.value)}
            error={tests.refusal || undefined}
          />
          <p className={classes.hint}>{isKnown ? words.testReplaces : words.savedSteps(countActions(turns.flatMap(turn => turn.steps)))}</p>
          <Button type="submit" variant="filled" disabled={name.trim() === ''}>
            {words.save}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
