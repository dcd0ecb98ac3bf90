/** What can be done with what is chosen: the same commands as by key, with their keys beside them. */
import { Menu } from '@mantine/core'
import { useLocation } from 'wouter'
import { addNote, COMMANDS, type Command, type Place, type PlannedCommand } from '../commands/index.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { sayKeys } from '../ui/Keys.tsx'
import { words } from '../words/en.ts'
import { setCanvas, useCanvas } from './canvas-state.ts'
import { copyChosen, cutChosen, pasteClipboard } from './clipboard.ts'
import { canvasIcons } from './icons.ts'
import { readBlock } from './search.ts'
import type { CanvasTools } from './tools.ts'
import { addNoteAndWrite, editText, openFind, rename, runListed } from './use-actions.ts'

/** Names a menu has room for. */
const MOST_NAMES = 6

/** Opens at the pointer. */
export function CanvasMenu({ tools }: { readonly tools: CanvasTools }) {
  const menu = useCanvas(state => state.menu)
  return menu ? <OpenMenu screen={menu.screen} tools={tools} /> : null
}

function OpenMenu({ screen, tools }: { readonly screen: Place; readonly tools: CanvasTools }) {
  const [, navigate] = useLocation()
  const view = tools.draft.getState().view()
  const [id] = view.selection.blocks
  const block = id === undefined || view.selection.blocks.length > 1 ? undefined : view.flow.blocks[id]
  const names = block ? readBlock(block) : undefined
  const isAnything = view.selection.blocks.length + view.selection.notes.length + view.selection.frames.length > 0
  const available = COMMANDS.filter(command => command.isAvailable(view) && command.group !== 'go')
  const inGroup = (group: Command['group']) => available.filter(command => command.group === group)
  const close = () => {
    setCanvas({ menu: undefined })
    tools.focusChosen()
  }
  const uses = names ? [...new Set([...names.sets, ...names.reads, ...names.intents])].slice(0, MOST_NAMES) : []
  const at = tools.toCanvas(screen)
  return (
    <Menu opened onChange={isOpen => !isOpen && close()} position="bottom-start" width={248} withinPortal withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <button type="button" className="menu-anchor" tabIndex={-1} aria-label={words.canvas.menu} style={{ left: screen[0], top: screen[1] }} />
      </Menu.Target>
      <Menu.Dropdown data-keys="own" aria-label={words.canvas.menu}>
        {block && !view.readOnly && (
          <>
            <Item label={words.canvas.editText} keys="Enter" run={() => editText(tools)} />
            <Item label={words.canvas.rename} keys="F2" run={() => rename(tools)} />
            <Menu.Divider />
          </>
        )}
        {isAnything && <Item label={words.canvas.copy} icon={icons.copy} keys="mod+C" run={() => void copyChosen(tools)} />}
        {isAnything && !view.readOnly && <Item label={words.canvas.cutVerb} keys="mod+X" run={() => void cutChosen(tools)} />}
        {!view.readOnly && <Item label={words.canvas.paste} keys="mod+V" run={() => void pasteClipboard(tools)} />}
        {inGroup('edit').map(command => (
          <CommandItem key={command.name} command={command} tools={tools} />
        ))}
        <Menu.Divider />
        {!isAnything && !view.readOnly && (
          <>
            <Item label={words.canvas.addABlock} icon={icons.plus} keys="/" run={() => tools.openAddList({ screen, at })} />
            <Item label={addNote.label} icon={canvasIcons.add_note} keys="N" run={() => addNoteAndWrite(tools)} />
          </>
        )}
        {[...inGroup('add'), ...inGroup('arrange')].map(command => (
          <CommandItem key={command.name} command={command} tools={tools} />
        ))}
        {(uses.length > 0 || (names?.flows.length ?? 0) > 0) && <Menu.Divider />}
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

function CommandItem({ command, tools }: { readonly command: Command | PlannedCommand; readonly tools: CanvasTools }) {
  return <Item label={command.label} icon={canvasIcons[command.name]} keys={command.keys?.[0]} run={() => runListed(tools, command)} />
}

function Item(props: { readonly label: string; readonly icon?: string | undefined; readonly keys?: string | undefined; readonly run: () => void }) {
  return (
    <Menu.Item
      leftSection={<span className="menu-icon">{props.icon === undefined ? null : <Icon path={props.icon} />}</span>}
      rightSection={props.keys === undefined ? undefined : <span className="menu-keys">{sayKeys(props.keys)}</span>}
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
