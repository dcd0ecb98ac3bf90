import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react'
import { directionOf } from '../../blocks/gist/index.ts'
import { Icon } from '../../ui/Icon.tsx'
import { icons } from '../../ui/icons.ts'
import { words } from '../../words/en.ts'

interface ChipsProps {
  readonly label: string
  readonly values: readonly string[]
  /** On the button that adds one: "Word". */
  readonly add: string
  readonly placeholder?: string | undefined
  readonly language?: string | undefined
  readonly mono?: boolean
  readonly readOnly: boolean
  /** A comma ends a word; not in patterns and phrases. */
  readonly commas?: boolean
  /** Says what is wrong with a word, or undefined. */
  check?(value: string): string | undefined
  onChange(values: readonly string[]): void
}

/** A list of short texts as chips: type and press Enter, Backspace takes the last one back, a chip's cross removes it. */
export function Chips(props: ChipsProps): ReactNode {
  const { values, label, add, placeholder, language, mono = false, readOnly, commas = true, check, onChange } = props
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState<string>()
  const [isInside, setInside] = useState(false)
  const id = useId()
  const input = useRef<HTMLInputElement>(null)

  // What is added is said first; an example helps who is about to write the first one.
  const shownPlaceholder = isInside && values.length === 0 ? (placeholder ?? add) : add

  const keep = (text: string) => {
    const added = (commas ? text.split(',') : [text]).map(each => each.trim()).filter(each => each !== '')
    const mistake = added.map(each => check?.(each)).find(each => each !== undefined)
    setWrong(mistake)
    if (mistake !== undefined) return
    setTyped('')
    const fresh = added.filter((each, place) => !values.includes(each) && added.indexOf(each) === place)
    if (fresh.length > 0) onChange([...values, ...fresh])
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' || (commas && event.key === ',')) {
      event.preventDefault()
      keep(typed)
    } else if (event.key === 'Backspace' && typed === '' && values.length > 0) {
      const last = values.at(-1) ?? ''
      onChange(values.slice(0, -1))
      setTyped(last)
      event.preventDefault()
    }
  }
  return (
    <div className="chips" data-wrong={wrong !== undefined || undefined}>
      <ul className="chips-list" aria-label={label}>
        {values.map(value => (
          <li key={value} className="chip" data-mono={mono || undefined} lang={language}>
            <span dir="auto">{value}</span>
            {!readOnly && (
              <button type="button" aria-label={words.inspector.remove(value)} onClick={() => onChange(values.filter(each => each !== value))}>
                <Icon path={icons.close} size={12} />
              </button>
            )}
          </li>
        ))}
        {!readOnly && (
          <li className="chip-new">
            <Icon path={icons.plus} size={12} />
            <input
              ref={input}
              value={typed}
              {...directionOf(typed, language)}
              aria-label={words.inspector.addTo(add, label)}
              aria-describedby={wrong === undefined ? undefined : id}
              aria-invalid={wrong === undefined ? undefined : true}
              placeholder={shownPlaceholder}
              size={Math.max(6, typed.length, shownPlaceholder.length)}
              onChange={event => {
                // A comma that no key pressed: pasted, or written by a phone.
                if (commas && event.target.value.includes(',')) return keep(event.target.value)
                setTyped(event.target.value)
                setWrong(undefined)
              }}
              onKeyDown={onKeyDown}
              onFocus={() => setInside(true)}
              onBlur={() => {
                setInside(false)
                keep(typed)
              }}
              onPaste={event => {
                const text = event.clipboardData.getData('text')
                if (!text.includes('\n')) return
                event.preventDefault()
                // A pasted list: one line, one word.
                onChange([...new Set([...values, ...text.split('\n').map(each => each.trim())])].filter(each => each !== '' && check?.(each) === undefined))
              }}
            />
          </li>
        )}
      </ul>
      {wrong !== undefined && (
        <p id={id} className="field-wrong">
          {wrong}
        </p>
      )}
    </div>
  )
}
