/** The web chats that are open to everybody, so that a newcomer talks to a flow at once. */
import { useQuery } from '@tanstack/react-query'
import { readChats } from '../api.ts'
import { words } from '../words/en.ts'
import classes from './StartPage.module.css'

/** The list, or why it is empty. */
export function Chats() {
  const { data, isError } = useQuery({ queryKey: ['chats'], queryFn: ({ signal }) => readChats(signal) })
  const chats = data?.chats ?? []
  return (
    <section className={classes.chats} aria-labelledby="chats-title">
      <h2 id="chats-title">{words.signIn.chatsTitle}</h2>
      {chats.length > 0 && (
        <ul className={classes.list}>
          {chats.map(({ title, subtitle, url }) => (
            <li key={url}>
              <a className={classes.chat} href={url}>
                <span className={classes.about}>
                  <span className={classes.title}>{title}</span>
                  <span className={classes.subtitle}>{subtitle}</span>
                </span>
                <span className={classes.open}>{words.signIn.openChat}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
      <p className={classes.quiet} role="status">
        {isError ? words.signIn.chatsFailed : data && chats.length === 0 ? words.signIn.noChats : ''}
      </p>
    </section>
  )
}
