import { Select } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { type SearchSelectProps, ungrouped } from './choices.ts'

/** What `SearchSelect` becomes. Its choices are in the page only while it is open: there may be a thousand blocks to choose from, at each exit. */
export function FullSelect({ data, value, ...rest }: SearchSelectProps & { readonly autoFocus: boolean }): ReactNode {
  const [isOpen, setOpen] = useState(false)
  // What is chosen has to be known at any time: the field shows its label.
  const shown = isOpen ? data : ungrouped(data).filter(choice => choice.value === value)
  return (
    <Select
      {...rest}
      searchable
      value={value}
      data={shown.map(entry => ('group' in entry ? { group: entry.group, items: [...entry.items] } : entry))}
      onDropdownOpen={() => setOpen(true)}
      onDropdownClose={() => setOpen(false)}
    />
  )
}
