import type { ReactNode } from 'react'
import { words } from '../../words/en.ts'
import { Field } from './Field.tsx'
import { useFormScope } from './form-scope.tsx'
import { isId, typedId } from './ids.ts'
import { LineField } from './LineField.tsx'
import { schemaAt, valueAt } from './pointer.ts'
import { TemplateArea } from './TemplateArea.tsx'
import { readDuration, readTimeOfDay } from './times.ts'
import { type Read, readAnyText, useTyped } from './use-typed.ts'

interface LineProps {
  readonly at: string
  readonly label?: string | undefined
  readonly placeholder?: string
  readonly help?: boolean
  /** The setting that is left out when the line is empty, where it is more than this one. */
  readonly whole?: string
}

interface TypedLineProps extends LineProps {
  readonly read: (typed: string) => Read<string | number | undefined>
  readonly mode?: 'text' | 'numeric' | 'decimal'
  /** Units behind the field. */
  readonly unit?: string
  readonly print?: (value: string | number | undefined) => string
}

/** A line for a setting with a form of its own. */
function TypedLine({ at, whole = at, label, placeholder, help = true, read, mode, unit, print }: TypedLineProps): ReactNode {
  const { block, set, readOnly } = useFormScope()
  const schema = schemaAt(block.type, at)
  const value = valueAt(block, at)
  return (
    <LineField<string | number | undefined>
      at={at}
      label={label ?? schema.title ?? at}
      help={help ? schema.description : undefined}
      placeholder={placeholder}
      unit={unit}
      readOnly={readOnly}
      {...(mode && { mode })}
      value={typeof value === 'string' || typeof value === 'number' ? value : undefined}
      print={print ?? (known => String(known ?? ''))}
      read={read}
      save={next => set(next === undefined ? whole : at, next)}
    />
  )
}

/** A short text that no contact reads and that prints nothing. */
export function PlainSetting(props: LineProps & { readonly required?: boolean }): ReactNode {
  return <TypedLine {...props} read={typed => ({ ok: true, value: typed === '' && !props.required ? undefined : typed })} />
}

/** A name that is written as an id: "sold out" is kept as `sold_out`. */
export function IdSetting(props: LineProps): ReactNode {
  const read = (typed: string): Read<string | undefined> => {
    const id = typedId(typed)
    if (id === '') return { ok: true, value: undefined }
    return isId(id) ? { ok: true, value: id } : { ok: false, wrong: words.inspector.wrongId }
  }
  return <TypedLine {...props} read={read} print={known => String(known ?? '').replaceAll('_', ' ')} />
}

/** A duration as people write it. A needed one keeps its last value while the field is empty. */
export function DurationSetting({ required = false, ...props }: LineProps & { readonly required?: boolean }): ReactNode {
  const read = (typed: string): Read<string | undefined> => {
    if (typed.trim() === '' && !required) return { ok: true, value: undefined }
    const duration = readDuration(typed)
    return duration === undefined ? { ok: false, wrong: words.inspector.wrongDuration } : { ok: true, value: duration }
  }
  return <TypedLine placeholder={required ? '10 min' : words.inspector.noEnd} {...props} read={read} />
}

/** A time of day as people write it. */
export function TimeSetting(props: LineProps): ReactNode {
  const read = (typed: string): Read<string | undefined> => {
    if (typed.trim() === '') return { ok: true, value: undefined }
    const time = readTimeOfDay(typed)
    return time === undefined ? { ok: false, wrong: words.inspector.wrongTime } : { ok: true, value: time }
  }
  return <TypedLine placeholder="08:30" {...props} read={read} />
}

interface NumberProps extends LineProps {
  readonly required?: boolean
  readonly unit?: string
  /** Shown value is the file's times this: 100 for a share shown in percent. */
  readonly times?: number
}

/** A number within the limits of its schema. */
export function NumberSetting({ required = false, times = 1, ...props }: NumberProps): ReactNode {
  const { block } = useFormScope()
  const { minimum, maximum, exclusiveMinimum, type } = schemaAt(block.type, props.at)
  const [least, most] = [minimum === undefined ? undefined : minimum * times, maximum === undefined ? undefined : maximum * times]
  const read = (typed: string): Read<number | undefined> => {
    const plain = typed.trim().replace(',', '.')
    if (plain === '' && !required) return { ok: true, value: undefined }
    const number = /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN
    const fits =
      Number.isFinite(number) &&
      (least === undefined || number >= least) &&
      (most === undefined || number <= most) &&
      (exclusiveMinimum === undefined || number > exclusiveMinimum) &&
      (type !== 'integer' || Number.isInteger(number))
    return fits ? { ok: true, value: number / times } : { ok: false, wrong: words.inspector.wrongNumber(least, most, type === 'integer') }
  }
  const print = (known: string | number | undefined) => (typeof known === 'number' ? String(Math.round(known * times * 1000) / 1000) : '')
  return <TypedLine {...props} mode={type === 'integer' ? 'numeric' : 'decimal'} read={read} print={print} />
}

/** A line that may print values, like an address. */
export function TemplateSetting({ at, label, placeholder, help = true }: LineProps): ReactNode {
  const { block, set, printables, readOnly } = useFormScope()
  const schema = schemaAt(block.type, at)
  const value = valueAt(block, at)
  const typed = useTyped({ value: typeof value === 'string' ? value : '', print: known => known, read: readAnyText, save: next => set(at, next) })
  return (
    <Field at={at} label={label ?? schema.title ?? at} help={help ? schema.description : undefined}>
      {ids => (
        <TemplateArea
          {...ids}
          text={typed.text}
          placeholder={placeholder}
          printables={printables}
          rows={1}
          readOnly={readOnly}
          onType={typed.type}
          onLeave={typed.leave}
        />
      )}
    </Field>
  )
}
