/** One conversation: the chat or its path on the canvas, with contact, variables and path beside it. */
import { lazy, Suspense, useState } from 'react'
import { Link } from 'wouter'
import { Loading } from '../shell/Loading.tsx'
import { useMay } from '../shell/me.ts'
import { nameOfContact } from '../ui/contact.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { conversations as words } from '../words/conversations.ts'
import { Actions } from './Actions.tsx'
import { Composer } from './Composer.tsx'
import classes from './Conversation.module.css'
import { Picture } from './Picture.tsx'
import { Side } from './Side.tsx'
import { sayOwner } from './say.ts'
import { Transcript } from './Transcript.tsx'
import { useConversation, useNames } from './use-conversations.ts'
import { deedsOf } from './what-may-be-done.ts'

const PathCanvas = lazy(async () => ({ default: (await import('./PathCanvas.tsx')).PathCanvas }))

/** Known content stays while it refreshes. */
export function Conversation({ id, view }: { readonly id: string; readonly view: 'chat' | 'canvas' }) {
  const { data, error } = useConversation(id)
  const names = useNames()
  const mayWrite = useMay('conversations:write')
  const [hasTaken, setTaken] = useState(false)
  if (!data) return error ? <Unknown message={error.message} /> : <Loading />
  const deeds = deedsOf(data, mayWrite)
  // The list with the page's own heading makes room for the canvas.
  const Heading = view === 'canvas' ? 'h1' : 'h2'
  return (
    <>
      <article className={classes.middle} aria-labelledby="conversation-name">
        <header className={classes.header}>
          <Link href="/conversations" className={classes.back} aria-label={words.back}>
            <Icon path={icons.chevronLeft} />
          </Link>
          <Picture contact={data.contact} className={classes.picture} />
          <div className={classes.who}>
            <Heading id="conversation-name" dir="auto">
              {view === 'canvas' ? words.pathOf(nameOfContact(data.contact)) : nameOfContact(data.contact)}
            </Heading>
            <span role="status">{sayOwner(data, names)}</span>
          </div>
          <Actions conversation={data} deeds={deeds} taken={() => setTaken(true)} />
        </header>
        {view === 'canvas' ? (
          <Suspense fallback={<Loading />}>
            <PathCanvas conversation={data} />
          </Suspense>
        ) : (
          <>
            <Transcript conversation={data} names={names} />
            {deeds.includes('say') && <Composer conversation={data} hasTaken={hasTaken} />}
          </>
        )}
      </article>
      <aside className={classes.side} aria-label={nameOfContact(data.contact)}>
        <Side conversation={data} view={view} names={names} />
      </aside>
    </>
  )
}

function Unknown({ message }: { readonly message: string }) {
  return (
    <div className={classes.unknown} role="alert">
      <h2>{words.unknown}</h2>
      <p>{message}</p>
    </div>
  )
}
