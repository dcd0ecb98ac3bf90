/** Every conversation, newest first, narrowed by contact, connector, owner and flow. */
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { ConversationSummary } from '../../server/api/contract.ts'
import { type ConversationFilter, readConnectors } from '../api.ts'
import { TalkLinks } from '../connectors/TalkLinks.tsx'
import { useMay } from '../shell/me.ts'
import { channelIcon } from '../ui/channels.ts'
import { nameOfContact } from '../ui/contact.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { sayWhen } from '../ui/when.ts'
import { conversations as words } from '../words/conversations.ts'
import classes from './ConversationList.module.css'
import { Picture } from './Picture.tsx'
import { type Names, sayOwner } from './say.ts'
import { useConversationList, useNames } from './use-conversations.ts'

const OWNERS = ['flow', 'queue', 'agent', 'nobody'] as const
/** A search waits for the end of a word (ms). */
const TYPING_MS = 250

interface ConversationListProps {
  /** The conversation that is open. */
  readonly open: string | undefined
  readonly filter: ConversationFilter
  setFilter(filter: ConversationFilter): void
}

/** Filters above, rows below; more rows on demand. */
export function ConversationList({ open, filter, setFilter }: ConversationListProps) {
  const [settled] = useDebouncedValue(filter, TYPING_MS)
  const list = useConversationList({ ...settled, search: settled.search.trim() })
  const names = useNames()
  // Pages come by opening; what is read is sorted by the time that is shown.
  const rows = (list.data?.pages.flatMap(page => page.items) ?? []).sort((one, other) => other.last_message_at - one.last_message_at)
  const isFiltered = Object.values(settled).some(value => value !== '')
  return (
    <>
      <header className={classes.header}>
        <h1>{words.title}</h1>
        <Filters filter={filter} setFilter={setFilter} names={names} />
      </header>
      {list.isError && !list.data && <p role="alert">{list.error.message}</p>}
      {list.data && rows.length === 0 && (
        <div className={classes.none}>
          {isFiltered ? (
            words.noneFound
          ) : (
            <>
              <b>{words.none}</b>
              <p>{words.noneHint}</p>
              <TalkLinks nameOfFlow={id => names.flows.get(id) ?? id} />
            </>
          )}
        </div>
      )}
      <ul className={classes.rows}>
        {rows.map(row => (
          <Row key={row.id} row={row} names={names} isOpen={row.id === open} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button className={classes.more ?? ''} variant="subtle" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {words.more}
        </Button>
      )}
    </>
  )
}

function Filters({ filter, setFilter, names }: Pick<ConversationListProps, 'filter' | 'setFilter'> & { readonly names: Names }) {
  const { data: connectors = [] } = useConnectors()
  const change = (part: Partial<ConversationFilter>) => setFilter({ ...filter, ...part })
  return (
    <div className={classes.filters}>
      <TextInput
        className={classes.search ?? ''}
        type="search"
        leftSection={<Icon path={icons.search} />}
        placeholder={words.search}
        aria-label={words.searchLabel}
        value={filter.search}
        onChange={event => change({ search: event.currentTarget.value })}
      />
      <NativeSelect
        aria-label={words.owner}
        value={filter.owner}
        data={[{ value: '', label: words.anyOwner }, ...OWNERS.map(value => ({ value, label: words.owners[value] }))]}
        onChange={event => change({ owner: event.currentTarget.value })}
      />
      {connectors.length > 1 && (
        <NativeSelect
          aria-label={words.connector}
          value={filter.connector}
          data={[{ value: '', label: words.anyConnector }, ...connectors.map(({ id, name }) => ({ value: id, label: name }))]}
          onChange={event => change({ connector: event.currentTarget.value })}
        />
      )}
      {filter.flow !== '' && (
        <button type="button" className={classes.chip} title={words.allFlows} onClick={() => change({ flow: '' })}>
          {words.ofFlow(names.flows.get(filter.flow) ?? filter.flow)}
          <Icon path={icons.close} size={12} />
        </button>
      )}
    </div>
  )
}

interface RowProps {
  readonly row: ConversationSummary
  readonly names: Names
  readonly isOpen: boolean
}

function Row({ row, names, isOpen }: RowProps) {
  const { contact, last_message } = row
  const said = last_message?.text === '' ? words.noWords : last_message?.text
  return (
    <li>
      <Link href={`/conversations/${row.id}`} className={classes.row} {...(isOpen ? { 'aria-current': 'page' as const } : {})}>
        <Picture contact={contact} className={classes.picture} />
        <span className={classes.name} dir="auto">
          {nameOfContact(contact)}
        </span>
        <span className={classes.when}>{sayWhen(row.last_message_at, Date.now())}</span>
        {last_message && said !== undefined && (
          <span className={classes.last} dir="auto">
            {last_message.direction === 'out' ? words.lastOut(said) : said}
          </span>
        )}
        <span className={classes.owner} data-owner={row.owner}>
          {sayOwner(row, names)}
        </span>
        {contact.name !== null && (
          <span className={classes.channel}>
            <Icon path={channelIcon(contact.channel)} size={14} />
          </span>
        )}
      </Link>
    </li>
  )
}

/** An agent may read conversations without reading connectors: then there is nothing to filter by. */
function useConnectors() {
  const mayRead = useMay('connectors:read')
  return useQuery({ queryKey: ['connectors'], queryFn: ({ signal }) => readConnectors(signal), enabled: mayRead })
}
