import type { ReactNode } from 'react'
import { directionOf } from '../../blocks/gist/index.ts'
import { Field } from './Field.tsx'
import { type Read, readAnyText, useTyped } from './use-typed.ts'

interface LineFieldProps<T extends string | number | undefined> {
  readonly label: string
  readonly at?: string
  readonly help?: string | undefined
  readonly placeholder?: string | undefined
  readonly mode?: 'text' | 'numeric' | 'decimal'
  /** Behind the field: "times", "%". */
  readonly unit?: string | undefined
  readonly readOnly: boolean
  readonly value: T
  print(value: T): string
  read(typed: string): Read<T>
  save(value: T): void
}

/** A line for a value that has a form of its own. What cannot be read stays in the field and says what is expected. */
export function LineField<T extends string | number | undefined>(props: LineFieldProps<T>): ReactNode {
  const { label, at, help, placeholder, mode = 'text', unit, readOnly, value, print, read, save } = props
  const typed = useTyped<T>({ value, print, read, save })
  return (
    <Field {...(at !== undefined && { at })} label={label} help={help} wrong={typed.wrong}>
      {ids => (
        <span className="line">
          <input
            {...ids}
            dir="auto"
            value={typed.text}
            placeholder={placeholder}
            inputMode={mode}
            readOnly={readOnly}
            autoComplete="off"
            onChange={event => typed.type(event.target.value)}
            onBlur={typed.leave}
          />
          {unit !== undefined && <span className="line-unit">{unit}</span>}
        </span>
      )}
    </Field>
  )
}

interface AreaFieldProps {
  readonly label: string
  readonly hideLabel?: boolean
  readonly help?: string | undefined
  readonly placeholder?: string | undefined
  readonly readOnly: boolean
  readonly language?: string | undefined
  readonly end?: ReactNode
  readonly value: string
  /** The value of what was typed; typing goes on undisturbed while it stays the same. */
  read?(typed: string): Read<string>
  save(value: string): void
}

/** Several lines of text that print nothing: a note, phrases one a line. */
export function AreaField({
  label,
  hideLabel = false,
  help,
  placeholder,
  readOnly,
  language,
  end,
  value,
  read = readAnyText,
  save,
}: AreaFieldProps): ReactNode {
  const typed = useTyped({ value, print: text => text, read, save })
  return (
    <Field label={label} hideLabel={hideLabel} help={help} end={end}>
      {ids => (
        <textarea
          {...ids}
          className="area"
          {...directionOf(typed.text, language)}
          value={typed.text}
          placeholder={placeholder}
          readOnly={readOnly}
          rows={2}
          onChange={event => typed.type(event.target.value)}
          onBlur={typed.leave}
        />
      )}
    </Field>
  )
}
