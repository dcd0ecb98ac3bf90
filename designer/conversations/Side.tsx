/** Beside the chat: who it is, what is known, and the path with its reasons. */
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { ConversationDetail } from '../../server/api/contract.ts'
import { languageName } from '../../server/engine/index.ts'
import { useVersion } from '../shown/index.ts'
import { sayExactly } from '../ui/when.ts'
import { conversations as words } from '../words/conversations.ts'
import { PathList } from './PathList.tsx'
import classes from './Side.module.css'
import type { Names } from './say.ts'

const FIELDS = ['username', 'phone', 'email', 'language'] as const

/** The sections of the side, from the person to the path. */
export function Side({ conversation, view, names }: { readonly conversation: ConversationDetail; readonly view: 'chat' | 'canvas'; readonly names: Names }) {
  const { id, contact, variables, flow, version, opened_at } = conversation
  const shown = useVersion(flow, version)
  return (
    <div className={classes.side}>
      <Section title={words.contact}>
        <dl className={classes.facts}>
          <Fact name={words.contactFields.name} value={contact.name ?? ''} />
          <Fact name={words.contactFields.address} value={contact.address} />
          {FIELDS.map(field => (
            <Fact key={field} name={words.contactFields[field]} value={field === 'language' ? languageName(contact.language ?? '') : (contact[field] ?? '')} />
          ))}
          <Fact name={words.contactFields.tags} value={contact.tags?.join(', ') ?? ''} />
          <Fact name={words.since} value={sayExactly(opened_at)} />
        </dl>
      </Section>
      <Section title={words.variables}>
        <Variables values={variables} />
      </Section>
      <Section
        title={words.path}
        end={
          <Link href={view === 'canvas' ? `/conversations/${id}` : `/conversations/${id}/canvas`} className={classes.show}>
            {view === 'canvas' ? words.showChat : words.showOnCanvas}
          </Link>
        }
      >
        {flow !== null && version !== null && <p className={classes.version}>{words.version(shown.data?.name ?? flow, version)}</p>}
        <PathList conversation={conversation} flow={shown.data} isOnCanvas={view === 'canvas'} names={names} />
      </Section>
    </div>
  )
}

function Section({ title, end, children }: { readonly title: string; readonly end?: ReactNode; readonly children: ReactNode }) {
  return (
    <section>
      <div className={classes.head}>
        <h3>{title}</h3>
        {end}
      </div>
      {children}
    </section>
  )
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  if (value === '') return null
  return (
    <div>
      <dt>{name}</dt>
      <dd dir="auto">{value}</dd>
    </div>
  )
}

function Variables({ values }: { readonly values: unknown }) {
  const entries = typeof values === 'object' && values !== null ? Object.entries(values) : []
  if (entries.length === 0) return <p className={classes.none}>{words.noVariables}</p>
  return (
    <dl className={classes.facts} data-code>
      {entries.map(([name, value]) => (
        <Fact key={name} name={name} value={typeof value === 'string' ? value : JSON.stringify(value)} />
      ))}
    </dl>
  )
}
