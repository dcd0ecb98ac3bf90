import { InputBase } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useLateCode } from '../../shell/part.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { icons } from '../../ui/icons.ts'
import { type SearchSelectProps, ungrouped } from './choices.ts'
import { lateSelect } from './late.ts'

/** One of many, found by typing. Until what searches is loaded, a field that looks the same stands there and fetches it when it is reached. */
export function SearchSelect(props: SearchSelectProps): ReactNode {
  const [reached, setReached] = useState<'no' | 'near' | 'inside'>('no')
  const code = useLateCode(lateSelect, reached !== 'no')
  if (code) return <code.FullSelect {...props} autoFocus={reached === 'inside'} />
  const { data, value, onChange: _1, comboboxProps: _2, nothingFoundMessage: _3, limit: _4, allowDeselect: _5, ...look } = props
  return (
    <InputBase
      {...look}
      component="input"
      role="combobox"
      aria-haspopup="listbox"
      aria-expanded={false}
      readOnly
      value={ungrouped(data).find(choice => choice.value === value)?.label ?? ''}
      rightSection={<Icon path={icons.chevronDown} size={12} />}
      rightSectionPointerEvents="none"
      onPointerEnter={() => setReached(before => (before === 'no' ? 'near' : before))}
      onFocus={() => setReached('inside')}
      onBlur={() => setReached('near')}
    />
  )
}
