/** The page `/conversations`: the list, and beside it the conversation that is open. */
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import type { ConversationFilter } from '../api.ts'
import { NothingOpen } from '../ui/NothingOpen.tsx'
import { useTitle } from '../ui/title.ts'
import { words } from '../words/en.ts'
import { Conversation } from './Conversation.tsx'
import { ConversationList } from './ConversationList.tsx'
import classes from './ConversationsPage.module.css'

/** `view` is `canvas` or nothing. */
export function ConversationsPage({ id, view }: { readonly id: string | undefined; readonly view: string | undefined }) {
  useTitle(words.shell.pages.conversations)
  const [params] = useSearchParams()
  const [filter, setFilter] = useState<ConversationFilter>(() => ({ connector: '', owner: '', flow: params.get('flow') ?? '', search: '' }))
  return (
    <div className={classes.page} data-open={id !== undefined || undefined} data-view={view}>
      <section className={classes.list} aria-label={words.conversations.list}>
        <ConversationList open={id} filter={filter} setFilter={setFilter} />
      </section>
      {id === undefined ? (
        <NothingOpen title={words.conversations.choose} hint={words.conversations.chooseHint} />
      ) : (
        <Conversation key={id} id={id} view={view === 'canvas' ? 'canvas' : 'chat'} />
      )}
    </div>
  )
}
