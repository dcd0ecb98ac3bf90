/** Where the visitor writes: text, files by button, paste and drop. Enter sends, Shift+Enter begins a line. */
import { element, icon } from './element.ts'
import { WORDS } from './words.ts'

/** The composer on screen. */
export interface Composer {
  readonly root: HTMLElement
  focus(): void
}

/** What the composer needs to know and to tell. */
export interface ComposerOptions {
  readonly maxText: number
  readonly maxFileBytes: number
  send(text: string, files: readonly File[]): void
  /** The visitor went into the field: the chat begins (rule 8). */
  entered(): void
  problem(sentence: string): void
}

/** Most files of one message. */
const MAX_FILES = 10

/** Makes the composer. `page` is where files may be dropped. */
export function makeComposer(page: HTMLElement, options: ComposerOptions): Composer {
  let files: readonly File[] = []
  const field = element('textarea', {
    rows: 1,
    maxlength: options.maxText,
    placeholder: WORDS.write,
    'aria-label': WORDS.write,
    enterkeyhint: 'send',
    dir: 'auto',
  })
  const picker = element('input', { type: 'file', multiple: true, hidden: true, tabindex: -1 })
  const staged = element('ul', { class: 'staged', hidden: true })
  const attach = element(
    'button',
    { type: 'button', class: 'round quiet', 'aria-label': WORDS.attach, title: WORDS.attach, click: () => picker.click() },
    icon('attach'),
  )
  const sendButton = element('button', { type: 'submit', class: 'round primary', 'aria-label': WORDS.send, title: WORDS.send }, icon('send'))
  const form = element('form', { class: 'composer' }, staged, element('div', { class: 'fields' }, attach, field, sendButton), picker)

  const grow = () => {
    field.style.height = 'auto'
    field.style.height = `${field.scrollHeight}px`
  }
  const stage = (next: readonly File[]) => {
    files = next
    staged.hidden = files.length === 0
    staged.replaceChildren(...files.map(file => drawStaged(file, () => stage(files.filter(other => other !== file)), field)))
  }
  const addFiles = (more: Iterable<File>) => {
    const fitting: File[] = []
    for (const file of more) {
      if (file.size <= options.maxFileBytes) fitting.push(file)
      else options.problem(WORDS.tooBig(file.name, Math.floor(options.maxFileBytes / 1_000_000)))
    }
    stage([...files, ...fitting].slice(0, MAX_FILES))
    field.focus()
  }
  const send = () => {
    const text = field.value.trim()
    if (text === '' && files.length === 0) return
    options.send(text, files)
    field.value = ''
    stage([])
    grow()
    field.focus()
  }

  form.addEventListener('submit', event => {
    event.preventDefault()
    send()
  })
  field.addEventListener('input', grow)
  field.addEventListener('focus', () => options.entered())
  field.addEventListener('keydown', event => {
    // While an input method composes, Enter chooses a word.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    send()
  })
  field.addEventListener('paste', event => {
    const pasted = [...(event.clipboardData?.files ?? [])]
    if (pasted.length === 0) return
    event.preventDefault()
    addFiles(pasted)
  })
  picker.addEventListener('change', () => {
    addFiles(picker.files ?? [])
    picker.value = ''
  })
  page.addEventListener('dragover', event => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault()
  })
  page.addEventListener('drop', event => {
    if (!event.dataTransfer?.files.length) return
    event.preventDefault()
    addFiles(event.dataTransfer.files)
  })
  return { root: form, focus: () => field.focus() }
}

function drawStaged(file: File, remove: () => void, field: HTMLElement): HTMLElement {
  const label = WORDS.remove(file.name)
  const click = () => {
    remove()
    field.focus()
  }
  return element(
    'li',
    {},
    element('span', { class: 'cut', dir: 'auto' }, file.name),
    element('button', { type: 'button', 'aria-label': label, title: label, click }, icon('close')),
  )
}
