/** Beside the canvas: where people are left, where they wait, and the latest conversations. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { LiveAnswer } from '../../server/api/contract.ts'
import { blockTypeOf, type Flow } from '../../server/engine/index.ts'
import { conversationsApi, type LiveRange } from '../api.ts'
import { BlockTile, blockViewOf } from '../blocks/index.ts'
import { useCanvas } from '../canvas/index.ts'
import { nameOf } from '../commands/index.ts'
import { TalkLinks } from '../connectors/TalkLinks.tsx'
import { runAction } from '../shell/palette.ts'
import { nameOfContact } from '../ui/contact.ts'
import { sayWhen } from '../ui/when.ts'
import { live as words } from '../words/live.ts'
import classes from './LiveSide.module.css'
import { mostLeft, mostWaiting, type Remarkable } from './live-marks.ts'

const LATEST = 6
const REFRESH_MS = 10_000

interface LiveSideProps {
  readonly flow: Flow
  readonly counts: LiveAnswer
  readonly isEmpty: boolean
  readonly range: LiveRange
}

/** A row leads to its block on the canvas, a conversation to its path. */
export function LiveSide({ flow, counts, isEmpty, range }: LiveSideProps) {
  const left = mostLeft(counts, flow)
  const waiting = mostWaiting(counts, flow)
  if (isEmpty) {
    return (
      <div className={classes.side}>
        <Section title={words.empty[range]} hint={words.emptyHint}>
          <TalkLinks flow={flow.id} nameOfFlow={() => flow.name} otherwise={<Button onClick={() => runAction('reach')}>{words.reach}</Button>} />
        </Section>
        <Latest flow={flow.id} />
      </div>
    )
  }
  return (
    <div className={classes.side}>
      <Section title={words.leftTitle} hint={words.leftHint}>
        {left.length === 0 && <p className={classes.none}>{words.nobodyLeft}</p>}
        <ul>
          {left.map(row => (
            <BlockRow key={row.block} flow={flow} row={row} figure={words.leftOf(row.count, row.came)} kind="left" />
          ))}
        </ul>
      </Section>
      <Section title={words.waitTitle}>
        {waiting.length === 0 && <p className={classes.none}>{words.nobodyWaits}</p>}
        <ul>
          {waiting.map(row => (
            <BlockRow key={row.block} flow={flow} row={row} figure={words.waiting(row.count)} kind="waiting" />
          ))}
        </ul>
      </Section>
      <Latest flow={flow.id} />
    </div>
  )
}

function Section({ title, hint, children }: { readonly title: string; readonly hint?: string; readonly children: ReactNode }) {
  return (
    <section className={classes.section}>
      <h2 className={classes.title}>{title}</h2>
      {hint && <p className={classes.hint}>{hint}</p>}
      {children}
    </section>
  )
}

interface BlockRowProps {
  readonly flow: Flow
  readonly row: Remarkable
  readonly figure: string
  readonly kind: 'left' | 'waiting'
}

function BlockRow({ flow, row, figure, kind }: BlockRowProps) {
  const tools = useCanvas(state => state.tools)
  const name = nameOf(flow, row.block)
  const type = blockTypeOf(flow.blocks[row.block]?.type ?? '')
  const view = type && blockViewOf(type.type)
  return (
    <li>
      <button type="button" className={classes.row} title={words.goTo(name)} onClick={() => tools?.goTo(row.block)}>
        {type && view && <BlockTile icon={view.icon} group={type.group} size="small" />}
        <span className={classes.name} dir="auto">
          {name}
        </span>
        <span className={classes.figure}>{figure}</span>
        <span className={classes.bar} data-kind={kind} aria-hidden="true">
          <span style={{ width: `${Math.max(2, Math.round(row.share * 100))}%` }} />
        </span>
      </button>
    </li>
  )
}

function Latest({ flow }: { readonly flow: string }) {
  const { data } = useQuery({
    queryKey: ['conversations', 'latest', flow],
    queryFn: ({ signal }) => conversationsApi.page({ flow }, LATEST, undefined, signal),
    refetchInterval: REFRESH_MS,
  })
  return (
    <Section title={words.latestTitle}>
      {data?.items.length === 0 && <p className={classes.none}>{words.noConversations}</p>}
      <ul>
        {data?.items.map(({ id, contact, owner, last_message_at }) => {
          const name = nameOfContact(contact)
          return (
            <li key={id}>
              <Link href={`/conversations/${id}/canvas`} className={classes.row} title={words.openPath(name)}>
                <span className={classes.owner} data-owner={owner} aria-hidden="true" />
                <span className={classes.name} dir="auto">
                  {name}
                </span>
                <span className={classes.figure}>{sayWhen(last_message_at, Date.now())}</span>
              </Link>
            </li>
          )
        })}
      </ul>
      <Link href={`/conversations?flow=${encodeURIComponent(flow)}`} className={classes.all}>
        {words.all}
      </Link>
    </Section>
  )
}
