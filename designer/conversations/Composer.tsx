/** Where an agent writes. */
import { Button, Textarea } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { ConversationDetail } from '../../server/api/contract.ts'
import { conversationsApi } from '../api.ts'
import { conversations as words } from '../words/conversations.ts'
import classes from './Conversation.module.css'
import { useDeed } from './use-conversations.ts'

interface ComposerProps {
  readonly conversation: ConversationDetail
  /** Whoever has just taken the conversation wants to write. */
  readonly hasTaken: boolean
}

/** Enter sends, Shift Enter begins a line. What could not be sent stays in the field. */
export function Composer({ conversation: { id }, hasTaken }: ComposerProps) {
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (hasTaken) field.current?.focus()
  }, [hasTaken])
  const [text, setText] = useState('')
  const say = useDeed(id, (said: string) => conversationsApi.say(id, said))
  const send = (event?: FormEvent) => {
    event?.preventDefault()
    const said = text.trim()
    if (said !== '' && !say.isPending) say.mutate(said, { onSuccess: () => setText('') })
  }
  return (
    <form className={classes.composer} onSubmit={send}>
      <Textarea
        ref={field}
        aria-label={words.say}
        placeholder={words.say}
        autosize
        minRows={1}
        maxRows={8}
        value={text}
        onChange={event => setText(event.currentTarget.value)}
        onKeyDown={event => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
          event.preventDefault()
          send()
        }}
      />
      <Button type="submit" variant="filled" disabled={text.trim() === '' || say.isPending}>
        {words.send}
      </Button>
    </form>
  )
}
