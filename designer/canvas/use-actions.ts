/** Offers everything the canvas can do to the command palette, the keyboard help and the shortcuts of the page. */
import { useMemo } from 'react'
import { BLOCK_TYPES } from '../../server/engine/index.ts'
import { blockViewOf } from '../blocks/index.ts'
import { COMMANDS, MOST_BLOCKS } from '../commands/index.ts'
import { type Action, useActions } from '../shell/palette.ts'
import { icons } from '../ui/icons.ts'
import { words } from '../words/en.ts'
import { openFind, setCanvas, useCanvas } from './canvas-state.ts'
import { runListed } from './carry-out.ts'
import { canvasEdits } from './edits.ts'
import { canvasIcons } from './icons.ts'
import type { CanvasTools } from './tools.ts'

/** Offers the canvas while it is in the page. */
export function useCanvasActions(tools: CanvasTools): void {
  useActions(useMemo(() => [...canvasEdits(() => tools), ...viewActions(tools), ...addActions(tools), ...KEYS_ONLY], [tools]))
}

function viewActions(tools: CanvasTools): readonly Action[] {
  return [
    { name: 'find', group: 'go', label: words.canvas.findOrDo, icon: icons.search, keys: ['mod+K', 'mod+F'], run: () => openFind('') },
    {
      name: 'go_back',
      group: 'go',
      label: words.canvas.goBack,
      icon: icons.chevronLeft,
      keys: ['alt+B'],
      isAvailable: () => useCanvas.getState().trail.length > 0,
      run: tools.goBack,
    },
    ...COMMANDS.filter(command => command.group === 'go').map(
      (command): Action => ({
        name: command.name,
        group: 'go',
        label: command.label,
        ...(command.keys ? { keys: command.keys } : {}),
        isAvailable: () => command.isAvailable(tools.draft.getState().view()),
        run: () => runListed(tools, command),
      }),
    ),
    { name: 'outline', group: 'view', label: words.canvas.outline, keys: ['O'], run: () => setCanvas({ isOutlineOpen: !useCanvas.getState().isOutlineOpen }) },
    { name: 'fit', group: 'view', label: words.canvas.fit, icon: canvasIcons.fit ?? '', keys: ['shift+1'], run: tools.fit },
    {
      name: 'fit_chosen',
      group: 'view',
      label: words.canvas.fitChosen,
      keys: ['shift+2'],
      isAvailable: () => tools.draft.getState().selection.blocks.length > 0,
      run: tools.fitChosen,
    },
    { name: 'zoom_to_full', group: 'view', label: words.canvas.zoomTo, keys: ['mod+0'], run: tools.zoomToFull },
    { name: 'zoom_in', group: 'view', label: words.canvas.zoomIn, icon: icons.plus, keys: ['mod+Equal', 'mod+plus'], run: () => tools.zoomBy(1) },
    { name: 'zoom_out', group: 'view', label: words.canvas.zoomOut, icon: icons.minus, keys: ['mod+minus'], run: () => tools.zoomBy(-1) },
  ]
}

function addActions(tools: CanvasTools): readonly Action[] {
  const mayAdd = () => !tools.draft.getState().readOnly && Object.keys(tools.draft.getState().flow.blocks).length < MOST_BLOCKS
  return [
    ...BLOCK_TYPES.map(
      ({ type, title }): Action => ({
        name: `add_${type}`,
        group: 'add',
        label: words.canvas.addThis(title),
        icon: blockViewOf(type)?.icon ?? icons.plus,
        isAvailable: mayAdd,
        run: () => tools.add(type),
      }),
    ),
  ]
}

/** For the keyboard help; the canvas listens for them itself. */
const KEYS_ONLY: readonly Action[] = [
  { name: 'walk', group: 'go', label: words.canvas.walkKeys, keys: ['ArrowDown'], keysOf: 'part', helpOnly: true, run: () => {} },
  { name: 'tab_stops', group: 'go', label: words.canvas.tabKeys, keys: ['Tab'], keysOf: 'part', helpOnly: true, run: () => {} },
  { name: 'leave', group: 'go', label: words.canvas.escapeKey, keys: ['Escape'], keysOf: 'part', helpOnly: true, run: () => {} },
]
