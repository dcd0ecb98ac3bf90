/** The window of the command palette: a search over what the page offers. */
import { Modal } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { SearchList } from '../ui/SearchList.tsx'
import { words } from '../words/en.ts'
import classes from './CommandPalette.module.css'
import { commandOption, useCommands } from './commands.tsx'
import { ACTION_GROUPS, type Action } from './palette.ts'

/** Lists the actions that can be run now. Opens each time `asked` grows. */
export function PaletteWindow({ asked }: { readonly asked: number }) {
  const [isOpen, setOpen] = useState(false)
  const before = useRef<Element>(null)
  const pressed = useRef<Action>(undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time it is asked for
  useEffect(() => {
    before.current = document.activeElement
    setOpen(true)
  }, [asked])
  // The focus goes back first: a dialog that opens then returns it to where it was, not into a window that is gone.
  const runPressed = () => {
    const action = pressed.current
    pressed.current = undefined
    if (before.current instanceof HTMLElement) before.current.focus()
    action?.run()
  }
  return (
    <Modal
      opened={isOpen}
      onClose={() => setOpen(false)}
      withCloseButton={false}
      centered={false}
      returnFocus={false}
      padding={0}
      size={600}
      yOffset="12vh"
      attributes={{ content: { 'aria-label': words.shell.commands } }}
      classNames={{ content: classes.window ?? '', body: classes.body ?? '' }}
      transitionProps={{ duration: 100, transition: 'pop' }}
      onExitTransitionEnd={runPressed}
    >
      <Commands
        take={action => {
          pressed.current = action
          setOpen(false)
        }}
        close={() => setOpen(false)}
      />
    </Modal>
  )
}

function Commands({ take, close }: { take(action: Action): void; close(): void }) {
  const [query, setQuery] = useState('')
  const [active, setActive] = useState<number>()
  const commands = useCommands(query)
  const takeAt = (index: number) => {
    const action = commands[index]
    if (action) take(action)
  }
  const groups =
    query.trim() === ''
      ? ACTION_GROUPS.map(group => ({
          title: words.shell.groups[group],
          options: commands.filter(action => action.group === group).map(action => commandOption(action, false)),
        }))
      : [{ options: commands.map(action => commandOption(action, true)) }]
  return (
    <SearchList
      label={words.shell.commands}
      placeholder={words.shell.commandsPlaceholder}
      query={query}
      groups={groups}
      active={active}
      nothing={words.shell.nothingFound}
      onQuery={text => {
        setQuery(text)
        setActive(text.trim() === '' ? undefined : 0)
      }}
      onWalk={setActive}
      onEnter={takeAt}
      onPress={takeAt}
      onClose={close}
    />
  )
}
