import { Checkbox, NativeSelect, Switch } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import { Field } from './Field.tsx'
import { useFormScope } from './form-scope.tsx'
import { schemaAt, valueAt } from './pointer.ts'

interface ChoiceProps {
  readonly at: string
  readonly label?: string
  readonly help?: boolean
  /** Values as people read them, in the order of the list. */
  readonly labels: Readonly<Record<string, string>>
  /** What counts while nothing is chosen; choosing it leaves the setting out. */
  readonly fallback?: string
  onChoose?(value: string): void
}

/** One of a few values. */
export function ChoiceSetting({ at, label, help = true, labels, fallback, onChoose }: ChoiceProps): ReactNode {
  const { block, set, readOnly } = useFormScope()
  const schema = schemaAt(block.type, at)
  const value = valueAt(block, at) ?? fallback ?? ''
  return (
    <Field at={at} label={label ?? schema.title ?? at} help={help ? schema.description : undefined}>
      {ids => (
        <NativeSelect
          {...ids}
          value={String(value)}
          disabled={readOnly}
          data={Object.entries(labels).map(([key, text]) => ({ value: key, label: text }))}
          onChange={event => {
            const chosen = event.currentTarget.value
            if (onChoose) onChoose(chosen)
            else set(at, chosen === fallback ? undefined : chosen)
          }}
        />
      )}
    </Field>
  )
}

/** Several of a few values. With none of them the setting is left out. */
export function ChecksSetting({ at, label, help = true, labels }: Omit<ChoiceProps, 'fallback' | 'onChoose'>): ReactNode {
  const { block, set, readOnly } = useFormScope()
  const schema = schemaAt(block.type, at)
  const known = valueAt(block, at)
  const chosen: readonly unknown[] = Array.isArray(known) ? known : []
  const id = useId()
  return (
    <fieldset className="checks" aria-describedby={help && schema.description ? id : undefined}>
      <legend>{label ?? schema.title}</legend>
      {Object.entries(labels).map(([value, text]) => (
        <Checkbox
          key={value}
          size="xs"
          label={text}
          checked={chosen.includes(value)}
          disabled={readOnly}
          onChange={event => {
            // The order of the list, not of the clicks: a setting put back is the same setting.
            const next = Object.keys(labels).filter(one => (one === value ? event.currentTarget.checked : chosen.includes(one)))
            set(at, next.length === 0 ? undefined : next)
          }}
        />
      ))}
      {help && schema.description && (
        <p id={id} className="field-help">
          {schema.description}
        </p>
      )}
    </fieldset>
  )
}

interface SwitchProps {
  readonly at: string
  readonly label?: string
  readonly help?: boolean
  /** On while nothing is set: switching it off writes `false`. */
  readonly onByDefault?: boolean
}

/** Yes or no. */
export function SwitchSetting({ at, label, help = true, onByDefault = false }: SwitchProps): ReactNode {
  const { block, set } = useFormScope()
  const schema = schemaAt(block.type, at)
  const value = valueAt(block, at)
  return (
    <SwitchLine
      label={label ?? schema.title ?? at}
      help={help ? schema.description : undefined}
      checked={value === undefined ? onByDefault : value === true}
      onChange={on => set(at, on === onByDefault ? undefined : on)}
    />
  )
}

interface SwitchLineProps {
  readonly label: string
  readonly help?: string | undefined
  readonly checked: boolean
  onChange(on: boolean): void
}

/** A switch for something that is more than one setting. */
export function SwitchLine({ label, help, checked, onChange }: SwitchLineProps): ReactNode {
  const { readOnly } = useFormScope()
  return (
    <Switch
      className="switch-line"
      labelPosition="left"
      size="xs"
      label={label}
      description={help}
      checked={checked}
      disabled={readOnly}
      onChange={event => onChange(event.currentTarget.checked)}
    />
  )
}
