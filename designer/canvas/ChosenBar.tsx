/** Several are chosen: what can be done with all of them, at the top of the canvas. */
import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'
import { addFrame, COMMANDS, countChosen, deleteChosen, duplicate } from '../commands/index.ts'
import { useDraft } from '../draft/index.ts'
import { ActionButton, ActionKeys } from '../shell/ActionButton.tsx'
import { Icon } from '../ui/Icon.tsx'
import { words } from '../words/en.ts'
import { useCanvas } from './canvas-state.ts'
import { runListed } from './carry-out.ts'
import { canvasIcons } from './icons.ts'
import type { CanvasTools } from './tools.ts'

const SHOWN = [duplicate, addFrame, deleteChosen]

/** Shown while more than one thing is chosen. */
export function ChosenBar({ tools }: { readonly tools: CanvasTools }) {
  const isMany = useDraft(({ selection, readOnly }) => !readOnly && countChosen(selection) > 1)
  const blocks = useDraft(({ selection }) => selection.blocks.length)
  const isFree = useCanvas(({ find, connecting }) => !find.isOpen && !connecting)
  if (!isMany || !isFree) return null
  return (
    <div className="canvas-bar chosen-bar" data-keys="own" role="toolbar" aria-label={words.canvas.chosenTools}>
      {blocks > 1 && <span className="chosen-count">{words.inspector.chosen(blocks)}</span>}
      {SHOWN.map(({ name }) => (
        <ActionButton key={name} name={name} />
      ))}
      {blocks > 1 && <Arranging label={words.canvas.align} icon="align_left" names="align_" tools={tools} />}
      {blocks > 2 && <Arranging label={words.canvas.distribute} icon="distribute_across" names="distribute_" tools={tools} />}
    </div>
  )
}

interface ArrangingProps {
  readonly label: string
  readonly icon: string
  /** How the names of its commands begin. */
  readonly names: string
  readonly tools: CanvasTools
}

function Arranging({ label, icon, names, tools }: ArrangingProps): ReactNode {
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target>
        <Tooltip label={label}>
          <ActionIcon size={30} aria-label={label}>
            <Icon path={canvasIcons[icon] ?? ''} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown data-keys="own">
        {COMMANDS.filter(command => command.name.startsWith(names)).map(command => (
          <Menu.Item
            key={command.name}
            leftSection={<Icon path={canvasIcons[command.name] ?? ''} />}
            rightSection={<ActionKeys name={command.name} />}
            onClick={() => {
              tools.takeFocus()
              runListed(tools, command)
            }}
          >
            {command.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
