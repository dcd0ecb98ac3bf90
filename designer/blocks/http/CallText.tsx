import { type ReactNode, useMemo } from 'react'
import { Field, schemaAt, TemplateArea, useFormScope, useTyped, valueAt } from '../../inspector/fields/index.ts'
import { readString } from '../gist/index.ts'

interface CallTextProps {
  readonly at: string
  readonly label?: string
  readonly hideLabel?: boolean
  readonly placeholder?: string
  readonly help?: boolean
  readonly rows?: number
  /** Left out of the file while nothing is written. */
  readonly optional?: boolean
}

/** A text of the call: may print values and, alone in their braces, secrets. */
export function CallText({ at, label, hideLabel = false, placeholder, help = true, rows = 1, optional = false }: CallTextProps): ReactNode {
  const { block, set, printables, secrets, readOnly } = useFormScope()
  const offered = useMemo(() => [...printables, ...secrets], [printables, secrets])
  const schema = schemaAt(block.type, at)
  const typed = useTyped({
    value: readString(valueAt(block, at)),
    print: text => text,
    read: text => ({ ok: true, value: text }),
    save: text => set(at, optional && text === '' ? undefined : text),
  })
  return (
    <Field at={at} label={label ?? schema.title ?? at} hideLabel={hideLabel} help={help ? schema.description : undefined}>
      {ids => (
        <TemplateArea
          {...ids}
          text={typed.text}
          placeholder={placeholder}
          printables={offered}
          rows={rows}
          readOnly={readOnly}
          onType={typed.type}
          onLeave={typed.leave}
        />
      )}
    </Field>
  )
}
