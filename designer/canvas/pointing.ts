/** What is under a point of the window: React Flow tells it for its own gestures only. */
import type { ChosenExit, Place } from '../commands/index.ts'

const PREFIX = 'application/x-parley-block-'

/** The connection at a point, by the exit it leaves from. */
export function connectionAt([x, y]: Place): ChosenExit | undefined {
  for (const element of document.elementsFromPoint(x, y)) {
    const id = element.closest<SVGElement>('.react-flow__edge')?.dataset.id
    if (id !== undefined) return exitOfConnection(id)
  }
  return undefined
}

/** The block at a point. */
export function blockAt([x, y]: Place): string | undefined {
  for (const element of document.elementsFromPoint(x, y)) {
    const id = element.closest<HTMLElement>('.react-flow__node-block')?.dataset.id
    if (id !== undefined) return id
  }
  return undefined
}

/** The exit at a point, with its block. */
export function exitAt([x, y]: Place): ChosenExit | undefined {
  for (const element of document.elementsFromPoint(x, y)) {
    const exit = exitOf(element)
    if (exit) return exit
  }
  return undefined
}

/** The exit that an element shows or is part of. */
export function exitOf(element: Element): ChosenExit | undefined {
  const exit = element.closest<HTMLElement>('[data-exit]')?.dataset.exit
  const block = element.closest<HTMLElement>('.react-flow__node-block')?.dataset.id
  return exit !== undefined && block !== undefined ? { block, exit } : undefined
}

/** `topic.order` as block and exit; neither has a dot in its name. */
export function exitOfConnection(id: string): ChosenExit | undefined {
  const [block, exit] = id.split('.')
  return block !== undefined && exit !== undefined ? { block, exit } : undefined
}

/** Where a mouse or a finger is. */
export function placeOf(event: MouseEvent | TouchEvent): Place {
  if ('clientX' in event) return [event.clientX, event.clientY]
  const touch = event.changedTouches[0]
  return touch ? [touch.clientX, touch.clientY] : [0, 0]
}

/** Gives a drag the block type that it carries. The type is in the format's name: the content is hidden until the drop. */
export function carryType(data: DataTransfer, type: string): void {
  data.setData(`${PREFIX}${type}`, type)
  data.effectAllowed = 'copy'
}

/** The block type that a drag carries, if it is one of the palette. */
export function draggedType(data: DataTransfer): string | undefined {
  return data.types.find(type => type.startsWith(PREFIX))?.slice(PREFIX.length)
}
