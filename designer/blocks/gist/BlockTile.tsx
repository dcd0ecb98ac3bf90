import type { ReactNode } from 'react'
import type { BlockGroup } from '../../../server/engine/index.ts'
import { Icon } from '../../ui/Icon.tsx'
import './tile.css'

/** The tile of a block: its icon in the hue of its group. */
export function BlockTile(props: { readonly icon: string; readonly group: BlockGroup; readonly size?: 'small' }): ReactNode {
  return (
    <span className="block-tile" data-group={props.group} data-size={props.size}>
      <Icon path={props.icon} size={props.size === 'small' ? 13 : 16} />
    </span>
  )
}
