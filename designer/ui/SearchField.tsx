/** The field of a search that opens over the page. */
import type { ComponentProps, ReactNode } from 'react'
import { Icon } from './Icon.tsx'
import { icons } from './icons.ts'
import classes from './SearchField.module.css'

interface SearchFieldProps extends ComponentProps<'input'> {
  readonly 'aria-label': string
  /** What stands behind the field. */
  readonly beside?: ReactNode
}

/** A row: the field, and what stands beside it. */
export function SearchField({ beside, ...input }: SearchFieldProps) {
  return (
    <div className={classes.row}>
      <Icon path={icons.search} />
      <input className={classes.field} {...input} />
      {beside}
    </div>
  )
}
