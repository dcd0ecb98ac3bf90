import { InputBase, type SelectProps } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useLateCode } from '../../shell/part.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { icons } from '../../ui/icons.ts'
import type { Choice } from './form-scope.tsx'
import { lateSelect } from './late.ts'

/** What only the full one knows. */
type Behaviour = Pick<SelectProps, 'onChange' | 'comboboxProps' | 'nothingFoundMessage' | 'limit' | 'allowDeselect'>

/** A field to choose one of many. */
export interface SearchSelectProps
  extends Behaviour,
    Pick<SelectProps, 'id' | 'aria-label' | 'aria-describedby' | 'aria-invalid' | 'placeholder' | 'disabled' | 'size' | 'className'> {
  readonly value: string | null
  readonly data: Choices
}

/** What can be chosen, in groups or not. */
export type Choices = readonly (Choice | { readonly group: string; readonly items: readonly Choice[] })[]

/** All choices, without their groups. */
export function ungrouped(choices: Choices): readonly Choice[] {
  return choices.flatMap(entry => ('group' in entry ? entry.items : [entry]))
}

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
