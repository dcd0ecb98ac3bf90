/** A line icon of 16 units; it takes the colour of its text and says nothing to a screen reader. */
import classes from './Icon.module.css'

/** Draws `path` (16 by 16, stroked 1.5). The name beside it is what people and screen readers read. */
export function Icon({ path, size = 16 }: { readonly path: string; readonly size?: number }) {
  return (
    <svg className={classes.icon} viewBox="0 0 16 16" width={size} height={size} aria-hidden="true" focusable="false">
      <path d={path} />
    </svg>
  )
}
