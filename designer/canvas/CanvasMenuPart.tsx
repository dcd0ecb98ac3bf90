/** What can be done with what is chosen: the same commands as by key, with their keys beside them. */
import { Menu } from '@mantine/core'
import { useLocation } from 'wouter'
import type { Place } from '../commands/index.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { Keys } from '../ui/Keys.tsx'
import { words } from '../words/en.ts'
import { openFind, setCanvas, useCanvas } from './canvas-state.ts'
import { type CanvasEdit, canvasEdits } from './edits.ts'
import { readBlock } from './search.ts'
import type { CanvasTools } from './tools.ts'

/** Sections of the menu, in this order. */
const MENU_GROUPS = ['edit', 'add', 'arrange'] as const
/** Names a menu has room for. */
const MOST_NAMES = 6

/** The menu, at the pointer. */
export function OpenMenu({ screen, tools }: { readonly screen: Place; readonly tools: CanvasTools }) {
  const [, navigate] = useLocation()
  const view = tools.draft.getState().view()
  const [id] = view.selection.blocks
  const block = id === undefined || view.selection.blocks.length > 1 ? undefined : view.flow.blocks[id]
  const names = block ? readBlock(block) : undefined
  const isAnything = view.selection.blocks.length + view.selection.notes.length + view.selection.frames.length > 0
  const edits = canvasEdits(() => tools).filter(({ menu, isAvailable }) => menu !== (isAnything ? 'nothing' : 'chosen') && isAvailable?.() !== false)
  const close = () => {
    setCanvas({ menu: undefined })
    tools.focusChosen()
  }
  const uses = names ? [...new Set([...names.sets, ...names.reads, ...names.intents])].slice(0, MOST_NAMES) : []
  return (
    <Menu opened onChange={isOpen => !isOpen && close()} position="bottom-start" width={248} withinPortal withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <button type="button" className="menu-anchor" tabIndex={-1} aria-label={words.canvas.menu} style={{ left: screen[0], top: screen[1] }} />
      </Menu.Target>
      <Menu.Dropdown data-keys="own" aria-label={words.canvas.menu}>
        {MENU_GROUPS.map(group => (
          <Group key={group} edits={edits.filter(edit => edit.group === group)} />
        ))}
        {uses.map(name => (
          <Item key={name} label={words.canvas.findUses(name)} icon={icons.search} run={() => openFind(name)} />
        ))}
        {names?.flows.map(flow => (
          <Item key={flow} label={words.canvas.openFlow(flow)} icon={icons.arrowRight} run={() => navigate(`/flows/${flow}`)} />
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function Group({ edits }: { readonly edits: readonly CanvasEdit[] }) {
  if (edits.length === 0) return null
  return (
    <>
      {edits.map(edit => (
        <Item key={edit.name} label={edit.label} icon={edit.icon} keys={edit.keys[0]} run={edit.run} />
      ))}
      <Menu.Divider />
    </>
  )
}

function Item(props: { readonly label: string; readonly icon?: string | undefined; readonly keys?: string | undefined; readonly run: () => void }) {
  return (
    <Menu.Item
      leftSection={<span className="menu-icon">{props.icon === undefined ? null : <Icon path={props.icon} />}</span>}
      rightSection={props.keys === undefined ? undefined : <Keys keys={props.keys} />}
      onClick={() => {
        // The item that has the focus goes: what the command does then finds it on the canvas.
        useCanvas.getState().tools?.takeFocus()
        setCanvas({ menu: undefined })
        props.run()
      }}
    >
      {props.label}
    </Menu.Item>
  )
}
