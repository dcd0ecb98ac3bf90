import type { ReactNode } from 'react'
import type { BlockGroup } from '../../server/engine/index.ts'
import './tile.css'

/** An icon drawn as a line in a box of 16. Beside a name it says nothing of its own, so it is hidden from screen readers. */
export function BlockIcon({ icon }: { readonly icon: string }): ReactNode {
  return (
    <svg className="block-icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={icon} />
    </svg>
  )
}

/** The tile of a block: its icon in the hue of its group. */
export function BlockTile(props: { readonly icon: string; readonly group: BlockGroup; readonly size?: 'small' }): ReactNode {
  return (
    <span className="block-tile" data-group={props.group} data-size={props.size}>
      <BlockIcon icon={props.icon} />
    </span>
  )
}
