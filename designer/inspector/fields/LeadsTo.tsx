import type { ReactNode } from 'react'
import { BlockTile } from '../../blocks/gist/index.ts'
import { Icon } from '../../ui/Icon.tsx'
import { icons } from '../../ui/icons.ts'
import { words } from '../../words/en.ts'
import { useFormScope } from './form-scope.tsx'
import { SearchSelect } from './SearchSelect.tsx'

/** Where an exit leads: a press goes there. One that leads nowhere is connected here. */
export function LeadsTo({ exit, name }: { readonly exit: string; readonly name: string }): ReactNode {
  const { targetOf, targets, connect, go, readOnly } = useFormScope()
  const target = targetOf(exit)
  if (target) {
    return (
      <button type="button" className="leads-to" aria-label={words.inspector.leadsTo(name, target.name)} onClick={() => go(target.id)}>
        <Icon path={icons.arrowRight} size={13} />
        <BlockTile icon={target.icon} group={target.group} size="small" />
        <span>{target.name}</span>
      </button>
    )
  }
  return (
    <SearchSelect
      className="leads-nowhere"
      size="xs"
      aria-label={words.inspector.leadsNowhere(name)}
      placeholder={words.inspector.connectTo}
      data={targets}
      value={null}
      disabled={readOnly}
      nothingFoundMessage={words.inspector.noSuchBlock}
      comboboxProps={{ width: 220, position: 'bottom-end' }}
      onChange={to => to !== null && connect(exit, to)}
    />
  )
}
