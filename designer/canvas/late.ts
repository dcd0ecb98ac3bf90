/** The parts of the canvas that open when somebody asks for them. Loaded together while the page is idle, or with the first that is asked for. */
export { OpenList } from './AddListPart.tsx'
export { OpenMenu } from './CanvasMenuPart.tsx'
export { OpenFind } from './FindPart.tsx'
export { OpenOutline } from './OutlinePart.tsx'
