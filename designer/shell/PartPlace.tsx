/** Keeps what goes wrong in one part of a page there: the rest of the page goes on, and the part says how to get it back. */
import { Button } from '@mantine/core'
import { Component, type ReactNode, Suspense } from 'react'
import { words } from '../words/en.ts'
import classes from './message.module.css'
import { PartMissing } from './part.tsx'

interface State {
  readonly error: unknown
}

/** Where a part is shown: `fallback` stands there while it is on its way. */
export function PartPlace({ fallback = null, children }: { readonly fallback?: ReactNode; readonly children: ReactNode }) {
  return (
    <PartBoundary>
      <Suspense fallback={fallback}>{children}</Suspense>
    </PartBoundary>
  )
}

/** A class because React has no other way to catch an error of drawing. */
class PartBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: undefined }

  static getDerivedStateFromError(error: unknown): State {
    return { error: error ?? new Error('Something that is no error was thrown.') }
  }

  override render() {
    const { error } = this.state
    if (error === undefined) return this.props.children
    const isMissing = error instanceof PartMissing
    return (
      <div className={classes.part} role="alert">
        <p>{isMissing ? words.shell.partMissing : words.shell.partFailed}</p>
        <Button variant="default" onClick={() => location.reload()}>
          {words.shell.reload}
        </Button>
      </div>
    )
  }
}
