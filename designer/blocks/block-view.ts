/** What the designer knows of a block type beyond the engine: its icon, its face on the canvas, its form and how a new one begins. */
import type { ComponentType, LazyExoticComponent } from 'react'
import type { Block } from '../../server/engine/index.ts'

/** What a face shows. `languages` are the flow's, the first counts; the same array while they do not change, so that faces can be memoised. */
export interface FaceProps {
  readonly block: Block
  readonly languages: readonly string[]
}

/** A block type in the designer. */
export interface BlockView {
  readonly type: string
  /** Path of the icon in a box of 16, drawn as a line. */
  readonly icon: string
  /** The gist between header and exits. */
  readonly Face: ComponentType<FaceProps>
  /** There is no gist to show: an entry or a finish is then a pill of name and icon. */
  hasGist(block: Block): boolean
  /** The text that a double click on the canvas edits in place, if there is one. */
  readonly inlineText?: string
  /** Loaded when it is first needed; `preloadForms` loads all of them. */
  readonly Form: LazyExoticComponent<ComponentType>
  loadForm(): Promise<unknown>
  /** Settings of a new block, with the defaults most people want. No label, no exits. */
  fresh(): Block
}
