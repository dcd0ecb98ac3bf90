import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { directionOf, piecesOf } from '../../blocks/gist/index.ts'
import { Icon } from '../../ui/Icon.tsx'
import { words } from '../../words/en.ts'
import { complete, matching, type Opened, openedAt, type Printable } from './completion.ts'
import type { FieldIds } from './Field.tsx'

interface TemplateAreaProps extends Partial<FieldIds> {
  readonly id: string
  /** Where there is no label. */
  readonly 'aria-label'?: string
  readonly text: string
  readonly placeholder?: string | undefined
  /** Of the text, for screen readers and spelling. */
  readonly language?: string | undefined
  readonly printables: readonly Printable[]
  /** Rows that are there when nothing is written; 1: a line, where Enter does nothing. */
  readonly rows: number
  readonly readOnly: boolean
  onType(text: string): void
  onLeave(): void
}

const BRACES =
  'M6 3.5c-1.5 0-2 .5-2 1.8v1.2c0 .9-.4 1.5-1.2 1.5.8 0 1.2.6 1.2 1.5v1.2c0 1.3.5 1.8 2 1.8M10 3.5c1.5 0 2 .5 2 1.8v1.2c0 .9.4 1.5 1.2 1.5-.8 0-1.2.6-1.2 1.5v1.2c0 1.3-.5 1.8-2 1.8'

/** Most values that are offered while one is typed. */
const MOST_OFFERED = 8

/** A text whose tokens are tinted, with completion on `{{`. The tinted copy lies below a see-through field of the same shape. */
export function TemplateArea({ text, printables, rows, onType, onLeave, language, ...props }: TemplateAreaProps): ReactNode {
  const area = useRef<HTMLTextAreaElement>(null)
  const [opened, setOpened] = useState<Opened>()
  const [place, setPlace] = useState(0)
  const [isInserting, setInserting] = useState(false)
  const offered = isInserting ? printables : opened ? matching(printables, opened.typed).slice(0, MOST_OFFERED) : []
  const close = () => {
    setOpened(undefined)
    setInserting(false)
  }
  const listId = `${props.id}-values`
  // The same for both, or the tints would lie beside their words.
  const direction = directionOf(text, language)

  const look = () => {
    const element = area.current
    const caret = element?.selectionStart ?? 0
    const now = element && element.selectionEnd === caret ? openedAt(element.value, caret) : undefined
    setOpened(now)
    setInserting(false)
    if (now?.typed !== opened?.typed) setPlace(0)
  }
  const choose = (path: string) => {
    const element = area.current
    if (!element) return
    const next = complete(element.value, element.selectionStart, opened, path)
    onType(next.text)
    close()
    // After React has written the text: the caret would jump to the end.
    requestAnimationFrame(() => {
      element.focus()
      element.setSelectionRange(next.caret, next.caret)
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (rows === 1 && event.key === 'Enter' && offered.length === 0) event.preventDefault()
    if (offered.length === 0) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const chosen = offered[place]
    if (step !== undefined) setPlace((place + step + offered.length) % offered.length)
    else if ((event.key === 'Enter' || event.key === 'Tab') && chosen) choose(chosen.path)
    else if (event.key === 'Escape') close()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="template" data-line={rows === 1 || undefined}>
      <div className="template-ink" {...direction} aria-hidden="true" style={{ minHeight: `calc(${rows} * 1.45em + 14px)` }}>
        {piecesOf(text).map((piece, index) =>
          piece.type === 'text' ? (
            piece.text
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity of their own
            <mark key={index}>{piece.source}</mark>
          ),
        )}
        {/* A last empty line would have no height. */}
        {'\u200b'}
      </div>
      <textarea
        {...props}
        ref={area}
        value={text}
        rows={1}
        {...direction}
        spellCheck
        aria-autocomplete="list"
        aria-controls={offered.length > 0 ? listId : undefined}
        aria-activedescendant={offered.length > 0 ? `${listId}-${place}` : undefined}
        onChange={event => {
          onType(rows === 1 ? event.target.value.replace(/\s*\n\s*/g, ' ') : event.target.value)
          look()
        }}
        onSelect={look}
        onKeyDown={onKeyDown}
        onBlur={() => {
          close()
          onLeave()
        }}
      />
      {rows > 1 && !props.readOnly && (
        <button
          type="button"
          className="template-insert"
          aria-label={words.inspector.insertValue}
          title={words.inspector.insertValue}
          onMouseDown={event => event.preventDefault()}
          onClick={() => {
            area.current?.focus()
            setPlace(0)
            setInserting(!isInserting)
          }}
        >
          <Icon path={BRACES} size={14} />
        </button>
      )}
      {offered.length > 0 && (
        <div className="template-values" id={listId} role="listbox" aria-label={words.inspector.values}>
          {offered.map(({ path, value }, index) => (
            // Keys go to the field; a press must not take the focus from it.
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
            // biome-ignore lint/a11y/useFocusableInteractive: chosen by aria-activedescendant
            <div
              key={path}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === place}
              onMouseDown={event => event.preventDefault()}
              onClick={() => choose(path)}
            >
              <code>{path}</code>
              <span className="template-value">{value ?? words.inspector.notSet}</span>
            </div>
          ))}
        </div>
      )}
    </div>
  )
}
