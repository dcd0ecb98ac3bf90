/** The page a newcomer sees first: the chats that are open, and where to go on. */
import type { ChatsAnswer } from '../server/api/contract.ts'

type Chat = ChatsAnswer['chats'][number]

followSystemTheme()
await showChats()

/** Light or dark as the system says, also when it changes. */
function followSystemTheme(): void {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const apply = () => {
    document.documentElement.dataset.theme = system.matches ? 'dark' : 'light'
  }
  system.addEventListener('change', apply)
  apply()
}

async function showChats(): Promise<void> {
  const list = document.getElementById('chats')
  const note = document.getElementById('chats-note')
  if (!list || !note) return
  try {
    const response = await fetch('/chats.json')
    if (!response.ok) throw new Error(`The server answered ${response.status}.`)
    const answer: ChatsAnswer = await response.json()
    list.replaceChildren(...answer.chats.map(chatLine))
    note.textContent = answer.chats.length === 0 ? 'No web chat is open. Make a connector of the channel webchat to talk to a flow here.' : ''
  } catch {
    note.textContent = 'The list of chats could not be read. Reload the page to try again.'
  }
}

function chatLine({ title, subtitle, url }: Chat): HTMLLIElement {
  const line = document.createElement('li')
  const link = document.createElement('a')
  link.className = 'chat'
  link.href = url
  const words = document.createElement('span')
  words.append(span('title', title), span('subtitle', subtitle))
  link.append(words, span('open', 'Open the chat'))
  line.append(link)
  return line
}

function span(className: string, text: string): HTMLSpanElement {
  const element = document.createElement('span')
  element.className = className
  element.textContent = text
  return element
}
