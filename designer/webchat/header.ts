/** The top of the chat: who answers, ending the chat, and closing the panel of the widget. */
import type { PageConfig } from '../../server/api/webchat-contract.ts'
import { element, icon } from './element.ts'
import { WORDS } from './words.ts'

/** The header and what hangs below it. */
export interface Header {
  readonly root: HTMLElement
  showEnd(canEnd: boolean): void
  /** A sentence below the header, one about the connection and one about what the visitor did; empty takes it away. */
  showNotice(about: 'connection' | 'visitor', sentence: string): void
}

/** Makes the header. `close` is there only inside the widget. */
export function makeHeader(config: PageConfig, actions: { end(): void; readonly close?: () => void }): Header {
  const question = element('div', { class: 'strip question', hidden: true, role: 'group', 'aria-label': WORDS.endQuestion })
  const end = element('button', { type: 'button', class: 'text', hidden: true, 'aria-expanded': 'false' }, WORDS.end)
  const ask = (isAsked: boolean) => {
    question.hidden = !isAsked
    end.setAttribute('aria-expanded', String(isAsked))
    if (isAsked) yes.focus()
    else end.focus()
  }
  const yes = element('button', { type: 'button', class: 'choice', click: (): void => leave() }, WORDS.endYes)
  const leave = () => {
    question.hidden = true
    end.setAttribute('aria-expanded', 'false')
    actions.end()
  }
  question.append(element('p', {}, WORDS.endQuestion), yes, element('button', { type: 'button', class: 'choice', click: () => ask(false) }, WORDS.endNo))
  question.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    ask(false)
  })
  end.addEventListener('click', () => ask(question.hidden === true))

  const face = element('span', { class: 'face', 'aria-hidden': true }, initialOf(config.title))
  const words = element('div', { class: 'words' }, element('h1', { class: 'cut', dir: 'auto' }, config.title))
  if (config.subtitle !== '') words.append(element('p', { class: 'cut', dir: 'auto' }, config.subtitle))
  const bar = element('header', { class: 'bar' }, face, words, end)
  if (actions.close)
    bar.append(element('button', { type: 'button', class: 'round quiet', 'aria-label': WORDS.close, title: WORDS.close, click: actions.close }, icon('close')))
  const notices = {
    connection: element('p', { class: 'strip notice', role: 'status', hidden: true }),
    visitor: element('p', { class: 'strip notice', role: 'status', hidden: true }),
  }
  return {
    root: element('div', { class: 'top' }, bar, question, notices.connection, notices.visitor),
    showEnd: canEnd => {
      end.hidden = !canEnd
    },
    showNotice: (about, sentence) => {
      notices[about].textContent = sentence
      notices[about].hidden = sentence === ''
    },
  }
}

/** The first letter or emoji of a name, as one person sees it. */
function initialOf(title: string): string {
  const first = [...new Intl.Segmenter().segment(title.trim())][0]
  return first?.segment.toLocaleUpperCase() ?? ''
}
