import { Select, type SelectProps } from '@mantine/core'
import type { ReactNode } from 'react'

/** What `SearchSelect` becomes. */
export function FullSelect(props: SelectProps): ReactNode {
  return <Select {...props} />
}
