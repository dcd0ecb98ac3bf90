/** A flow that cannot be opened: what happened, and one way out. */
import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { Refusal } from '../api.ts'
import message from '../shell/message.module.css'
import { useTitle } from '../ui/title.ts'
import { words } from '../words/en.ts'

/** Says why in the server's words, or that the flow is not there. */
export function CannotOpen({ error }: { readonly error: Error }) {
  useTitle(words.editor.unknownFlow)
  const isUnknown = error instanceof Refusal && error.status === 404
  return (
    <main className={message.message}>
      <h1>{isUnknown ? words.editor.unknownFlow : error.message}</h1>
      <p>{isUnknown ? words.editor.unknownFlowHint : error instanceof Refusal ? error.hint : words.shell.failedHint}</p>
      <Button component={Link} href="/flows" variant="filled">
        {words.shell.toFlows}
      </Button>
    </main>
  )
}
