/** An address without a page. */
import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { useTitle } from '../ui/title.ts'
import { words } from '../words/en.ts'
import classes from './message.module.css'

/** Says so and leads back. */
export function NotFound() {
  useTitle(words.shell.notFound)
  return (
    <div className={classes.message}>
      <h1>{words.shell.notFound}</h1>
      <p>{words.shell.notFoundHint}</p>
      <Button component={Link} href="/flows" variant="filled">
        {words.shell.toFlows}
      </Button>
    </div>
  )
}
