/** The way into web chats that are open, for pages that are empty until somebody writes. */
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { readConnectors } from '../api.ts'
import { useMay } from '../shell/me.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { words } from '../words/en.ts'
import classes from './TalkLinks.module.css'

/** More would be a list of its own. */
const MOST = 3

interface TalkLinksProps {
  /** Only those of this flow. */
  readonly flow?: string
  nameOfFlow(id: string): string
  /** What to offer when no chat is open. */
  readonly otherwise?: ReactNode
}

/** Links to the chats; who may not see connectors gets nothing. */
export function TalkLinks({ flow, nameOfFlow, otherwise }: TalkLinksProps) {
  const mayRead = useMay('connectors:read')
  const { data } = useQuery({ queryKey: ['connectors'], queryFn: ({ signal }) => readConnectors(signal), enabled: mayRead })
  const chats = (data ?? []).flatMap(({ id, enabled, chat_url, flow: of }) =>
    enabled && chat_url !== null && (flow === undefined || of === flow) ? [{ id, chat_url, of }] : [],
  )
  if (data && chats.length === 0) return otherwise
  return chats.slice(0, MOST).map(({ id, chat_url, of }) => (
    <a key={id} className={classes.talk} href={chat_url} target="_blank" rel="noreferrer">
      <Icon path={icons.chat} />
      {words.reach.talk(nameOfFlow(of))}
    </a>
  ))
}
