/** What was said, both ways, with what became of each message and what happened in between. */
import { VisuallyHidden } from '@mantine/core'
import { useEffect, useMemo, useRef } from 'react'
import type { ConversationDetail, MessageAnswer } from '../../server/api/contract.ts'
import { sayClock, sayWholeDay } from '../ui/when.ts'
import { conversations as words } from '../words/conversations.ts'
import { type Names, sayReason } from './say.ts'
import classes from './Transcript.module.css'
import { type ChatLine, chatLines } from './transcript.ts'

/** Stays at the end while new lines come, unless somebody reads further up. */
export function Transcript({ conversation, names }: { readonly conversation: ConversationDetail; readonly names: Names }) {
  const { messages, trace } = conversation
  const lines = useMemo(() => chatLines({ messages, trace }, sayWholeDay), [messages, trace])
  const log = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolled when lines come
  useEffect(() => {
    if (log.current && isAtEnd.current) log.current.scrollTop = log.current.scrollHeight
  }, [lines])
  return (
    <div
      ref={log}
      className={classes.log}
      role="log"
      aria-label={words.transcript}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a log that scrolls has to be reached by keyboard
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < 40
      }}
    >
      {lines.length === 0 && <p className={classes.happened}>{words.nothingSaid}</p>}
      {lines.map(line => (
        <Line key={line.key} line={line} names={names} />
      ))}
    </div>
  )
}

function Line({ line, names }: { readonly line: ChatLine; readonly names: Names }) {
  if (line.type === 'day') return <p className={classes.day}>{sayWholeDay(line.at)}</p>
  if (line.type === 'happened') {
    return (
      <p className={classes.happened}>
        {sayReason(line.text, names)} <span>{sayClock(line.at)}</span>
      </p>
    )
  }
  return <Message message={line.message} />
}

function Message({ message }: { readonly message: MessageAnswer }) {
  const { direction, kind, text, payload, at } = message
  if (kind === 'started' && direction === 'in') {
    return (
      <p className={classes.happened}>
        {payload === undefined ? words.opened : words.openedBy(payload)} <span>{sayClock(at)}</span>
      </p>
    )
  }
  const from = direction === 'out' ? (kind === 'agent' ? 'agent' : 'flow') : direction === 'note' ? 'note' : 'contact'
  return (
    <div className={classes.message} data-from={from}>
      <div className={classes.bubble} dir="auto" data-from={from} data-failed={message.status === 'failed' || undefined}>
        {/* With a direction of its own, so that it does not decide that of the message. */}
        <VisuallyHidden dir="ltr">{speaker(message)} </VisuallyHidden>
        {from === 'note' && (
          <b className={classes.noteHead} dir="ltr">
            {words.note(message.agent?.name ?? '')}
          </b>
        )}
        {message.original_text !== undefined && <del>{message.original_text}</del>}
        {message.deleted_at === undefined ? <span>{text}</span> : <del>{text}</del>}
        <Things message={message} />
      </div>
      <Below message={message} />
    </div>
  )
}

function speaker({ direction, kind, agent }: MessageAnswer): string {
  if (direction === 'in') return words.says.contact
  if (direction === 'note') return words.says.note
  return kind === 'agent' ? words.says.agent(agent?.name ?? '') : words.says.flow
}

function Things({ message: { attachments, location, shared_contact, buttons } }: { readonly message: MessageAnswer }) {
  return (
    <>
      {attachments?.map(({ kind, url, name }) => {
        const label = name ?? (kind === '' ? words.attachment : kind)
        return url === undefined ? (
          <span key={label}>{label}</span>
        ) : (
          <a key={url} href={url} target="_blank" rel="noreferrer">
            {label}
          </a>
        )
      })}
      {location && <span>{location.name ?? `${words.place} ${location.latitude}, ${location.longitude}`}</span>}
      {shared_contact && <span>{`${shared_contact.name}, ${shared_contact.phone}`}</span>}
      {buttons && buttons.length > 0 && (
        <span className={classes.buttons}>
          {buttons.map(({ label, payload, url }) => (
            <span key={`${label}${payload}${url}`} dir="auto">
              {label}
            </span>
          ))}
        </span>
      )}
    </>
  )
}

/** When, and what became of it; why it failed in the vendor's words. */
function Below({ message }: { readonly message: MessageAnswer }) {
  const { at, status, sent_at, failure, edited_at, deleted_at, kind, direction } = message
  const what =
    deleted_at !== undefined ? words.deleted : edited_at !== undefined ? words.edited : status ? words.statuses[status] : kind === 'press' ? words.pressed : ''
  const time = sayClock(sent_at ?? at)
  return (
    <span className={classes.below} data-failed={status === 'failed' || undefined} data-direction={direction}>
      {what === '' ? time : words.status(what, time)}
      {failure && `. ${failure.message}`}
    </span>
  )
}
