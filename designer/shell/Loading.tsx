/** What stands for something that is on its way: nothing for a moment, then the shape of what comes. */
import { useEffect, useState } from 'react'
import { words } from '../words/en.ts'
import classes from './Loading.module.css'

/** Lines of the shape, by their width. */
const WIDTHS = ['40%', '92%', '78%', '60%']

/** Nothing for 150 ms: most pages are there by then. */
export function Loading() {
  const [isSlow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 150)
    return () => clearTimeout(timer)
  }, [])
  if (!isSlow) return null
  return (
    <div className={classes.loading} role="status">
      <span className={classes.word}>{words.shell.loading}</span>
      {WIDTHS.map(width => (
        <span key={width} className={classes.line} style={{ width }} />
      ))}
    </div>
  )
}
