import type { ReactNode } from 'react'
import { blockTypeOf } from '../../../server/engine/index.ts'
import { BlockTile } from '../../blocks/gist/index.ts'
import { Icon } from '../../ui/Icon.tsx'
import { icons } from '../../ui/icons.ts'
import { words } from '../../words/en.ts'
import { useFormScope } from './form-scope.tsx'
import { SearchSelect } from './SearchSelect.tsx'

/** Before the type of a new block; ids of blocks have no colon. */
const NEW = 'new:'

/** Where an exit leads: a press goes there. One that leads nowhere is connected here. */
export function LeadsTo({ exit, name }: { readonly exit: string; readonly name: string }): ReactNode {
  const { block, targetOf, targets, newTypes, connect, addBehind, go, readOnly } = useFormScope()
  const target = targetOf(exit)
  if (target) {
    return (
      <button type="button" className="leads-to" aria-label={words.inspector.leadsTo(name, target.name)} onClick={() => go(target.id)}>
        <Icon path={icons.arrowRight} size={13} />
        <BlockTile icon={target.icon} group={target.group} size="small" />
        <span dir="auto">{target.name}</span>
      </button>
    )
  }
  const isNeeded = (blockTypeOf(block.type)?.exits(block) ?? []).some(known => known.name === exit && known.needed)
  const lead = (chosen: string) => (chosen.startsWith(NEW) ? addBehind(exit, chosen.slice(NEW.length)) : connect(exit, chosen))
  return (
    <SearchSelect
      className={isNeeded ? 'leads-nowhere leads-needed' : 'leads-nowhere'}
      size="xs"
      aria-label={words.inspector.leadsNowhere(name)}
      placeholder={words.inspector.connectTo}
      data={[
        ...(targets.length > 0 ? [{ group: words.problems.existing, items: targets }] : []),
        { group: words.problems.newBlock, items: newTypes.map(({ value, label }) => ({ value: `${NEW}${value}`, label: words.inspector.newBlock(label) })) },
      ]}
      value={null}
      disabled={readOnly}
      nothingFoundMessage={words.inspector.noSuchBlock}
      comboboxProps={{ width: 220, position: 'bottom-end' }}
      onChange={chosen => chosen !== null && lead(chosen)}
    />
  )
}
