/** The letter of what is compared, the same in the history and in the choice above the canvas. */
import classes from './Letter.module.css'

/** A is compared with B, which is the newer one as a rule; a ring for what is not compared. */
export function Letter({ mark }: { readonly mark: 'A' | 'B' | undefined }) {
  return (
    <span className={classes.letter} data-mark={mark} aria-hidden="true">
      {mark}
    </span>
  )
}
