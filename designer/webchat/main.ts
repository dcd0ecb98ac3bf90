/** The chat page: joins the server, the transcript, what is on its way, and the screen. */
import type { PageConfig, TranscriptEntry } from '../../server/api/webchat-contract.ts'
import { makeComposer } from './composer.ts'
import { element } from './element.ts'
import { joinFrame } from './frame.ts'
import { makeHeader } from './header.ts'
import { makeLog } from './log.ts'
import { openOutbox } from './outbox.ts'
import { makeReceipts } from './receipts.ts'
import { CallFailed, connectServer } from './server.ts'
import { openStorage } from './storage.ts'
import { applyColour, applyDirection, applyTheme } from './theme.ts'
import { addEntries, isEnded, linesOf } from './transcript.ts'
import { WORDS } from './words.ts'

/** A break shorter than this is not worth a word (ms). */
const PATIENCE = 2000

const query = new URLSearchParams(location.search)
const connector = location.pathname.split('/')[2] ?? ''
const storage = openStorage(connector)
const server = connectServer(`/chat/${connector}`, storage)
const page = document.getElementById('chat') ?? document.body

applyTheme(query.get('theme'))
void load()

async function load(): Promise<void> {
  try {
    const config = await server.config()
    page.replaceChildren()
    openChat(config)
  } catch (error) {
    const isGone = error instanceof CallFailed && error.status === 404
    const retry = element('button', { type: 'button', class: 'quick', click: () => void load() }, WORDS.retry)
    const words = isGone ? [element('h1', {}, WORDS.notHere), element('p', {}, WORDS.notHereHint)] : [element('h1', {}, WORDS.unreachable), retry]
    page.replaceChildren(element('div', { class: 'empty', role: 'alert' }, ...words))
  }
}

function openChat(config: PageConfig): void {
  const isEmbedded = query.get('embed') === '1'
  let entries: readonly TranscriptEntry[] = []
  /** The first answer of the stream is in: from now on an empty transcript is one. */
  let isKnown = !server.hasVisitor()
  let isListening = false
  let isStarted = false

  /** The opening on its way. Messages wait for it: one that overtook it would be wiped out by the start of the flow. */
  let opening: Promise<unknown> = Promise.resolve()

  const afterOpening = { ...server, post: (path: Parameters<typeof server.post>[0], body: object) => opening.then(() => server.post(path, body)) }
  const outbox = openOutbox(afterOpening, storage, () => show())
  const receipts = makeReceipts(server, storage)
  const frame = joinFrame(isEmbedded, isOpen => {
    if (!isOpen) return
    start()
    composer.focus()
    show()
    log.toEnd()
  })
  const header = makeHeader(config, { end: () => void endChat(), ...(isEmbedded ? { close: () => frame.close() } : {}) })
  const log = makeLog(config.title, {
    press: (payload, label) => {
      // A press that is still on its way is not made twice.
      if (!outbox.list().some(message => message.payload === payload && message.state !== 'sent')) outbox.add({ text: label, payload })
      listen()
    },
    again: client_id => outbox.flush(client_id),
    begin: () => {
      header.showNotice('visitor', '')
      open()
      composer.focus()
    },
  })
  const composer = makeComposer(page, {
    maxText: config.max_text,
    maxFileBytes: config.max_file_bytes,
    entered: () => start(),
    problem: sentence => header.showNotice('visitor', sentence),
    send: (text, files) => {
      isStarted = true
      header.showNotice('visitor', '')
      outbox.add({ text, files })
      listen()
      log.toEnd()
    },
  })
  const begin = element('button', { type: 'button', class: 'primary', click: () => composer.focus() }, WORDS.start)
  const welcome = element('div', { class: 'empty' }, element('p', {}, WORDS.startHint), begin)

  document.title = config.title
  applyColour(config.bubble)
  applyDirection(config.languages)
  page.append(header.root, log.root, welcome, composer.root)
  if (server.hasVisitor()) listen()
  outbox.flush()
  show()

  document.addEventListener('visibilitychange', show)
  window.addEventListener('online', () => {
    server.hurry()
    outbox.flush()
  })

  /** The chat begins when the visitor opens it or goes into the field, never on load (rule 8). A visitor with a history is already in it. */
  function start(): void {
    if (isStarted || !isKnown || entries.length > 0 || outbox.list().length > 0) return
    open()
  }

  function open(): void {
    isStarted = true
    show()
    const payload = query.get('start')
    opening = server
      .post('open', {
        language: navigator.language,
        ...(entries.at(-1)?.mark === 'ended' ? { after: entries.at(-1)?.id } : {}),
        ...(payload ? { payload: payload.slice(0, 64) } : {}),
      })
      .then(listen)
      .catch(() => {
        isStarted = false
        header.showNotice('visitor', WORDS.unreachable)
        show()
      })
  }

  async function endChat(): Promise<void> {
    try {
      await server.post('leave', { client_id: crypto.getRandomValues(new Uint32Array(4)).join('-').slice(0, 60) })
      header.showNotice('visitor', WORDS.ended)
    } catch {
      header.showNotice('visitor', WORDS.unreachable)
    }
    composer.focus()
  }

  function listen(): void {
    if (isListening) return
    isListening = true
    let broken: ReturnType<typeof setTimeout> | undefined
    server.listen({
      entries: more => {
        isKnown = true
        entries = addEntries(entries, more)
        outbox.settle(new Set(entries.flatMap(entry => entry.client_id ?? [])))
        if (more.some(entry => entry.from !== 'contact')) log.showTyping(0)
        show()
        if (frame.isOpen() && isEmbedded) start()
      },
      typing: ms => log.showTyping(ms),
      connected: isConnected => {
        clearTimeout(broken)
        if (isConnected) {
          header.showNotice('connection', '')
          outbox.flush()
        } else {
          log.showTyping(0)
          broken = setTimeout(() => header.showNotice('connection', WORDS.offline), PATIENCE)
        }
      },
    })
  }

  function show(): void {
    const lines = linesOf(entries, outbox.list(), Date.now())
    const isEmpty = lines.length === 0
    welcome.hidden = !isEmpty || !isKnown || isStarted
    log.root.hidden = !welcome.hidden
    header.showEnd(!isEmpty && !isEnded(entries, outbox.list()))
    log.show(lines)
    frame.showUnread(receipts.update(entries, frame.isOpen() && document.visibilityState === 'visible'))
  }
}
