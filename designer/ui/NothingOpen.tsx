/** Beside a list, as long as nothing of it is open: what would be here, and what to do. */
import type { ReactNode } from 'react'
import classes from './NothingOpen.module.css'

/** `children` are what can be done. */
export function NothingOpen({ title, hint, children }: { readonly title: string; readonly hint: string; readonly children?: ReactNode }) {
  return (
    <div className={classes.place}>
      <h2>{title}</h2>
      <p>{hint}</p>
      {children}
    </div>
  )
}
