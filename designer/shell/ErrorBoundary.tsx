/** Catches a page that broke while it was drawn, and offers the way back. */
import { Button } from '@mantine/core'
import { Component, type ReactNode } from 'react'
import { words } from '../words/en.ts'
import classes from './message.module.css'
import { PartMissing } from './part.tsx'

interface State {
  readonly failed: boolean
  /** The page could not be loaded at all. */
  readonly missing: boolean
}

/** A class because React has no other way to catch an error of drawing. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { failed: false, missing: false }

  static getDerivedStateFromError(error: unknown): State {
    return { failed: true, missing: error instanceof PartMissing }
  }

  override render() {
    if (!this.state.failed) return this.props.children
    return (
      <main className={classes.message} role="alert">
        <h1>{words.shell.failed}</h1>
        <p>{this.state.missing ? words.shell.pageMissing : words.shell.failedHint}</p>
        <Button variant="filled" onClick={() => location.reload()}>
          {words.shell.reload}
        </Button>
      </main>
    )
  }
}
