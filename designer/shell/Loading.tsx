/** What stands for a page that is on its way: nothing for a moment, then a word for whoever waits. */
import { useEffect, useState } from 'react'
import { words } from '../words/en.ts'
import classes from './Loading.module.css'

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
    </div>
  )
}
