/** The fields of an account, drawn from the channel's description. */
import { NativeSelect, PasswordInput, Textarea, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Refusal } from '../api.ts'
import { words } from '../words/en.ts'
import classes from './Connectors.module.css'
import { type ChannelField, isAdvanced, kindOf } from './fields.ts'

const ORDER: ['label', 'input', 'description', 'error'] = ['label', 'input', 'description', 'error']

interface ChannelFieldsProps {
  readonly fields: readonly ChannelField[]
  /** What is typed, by the name of the field. */
  readonly typed: Readonly<Record<string, string>>
  readonly readOnly?: boolean
  readonly refusal: Refusal | undefined
  onType(name: string, text: string): void
}

/** Settings of the account; what few people touch is folded away. */
export function ChannelFields(props: ChannelFieldsProps) {
  const { fields, typed, readOnly = false, refusal, onType } = props
  const draw = (field: ChannelField) => (
    <SettingField
      key={field.name}
      field={field}
      value={typed[field.name] ?? ''}
      readOnly={readOnly}
      error={errorAt(refusal, `/settings/${field.name}`)}
      onChange={text => onType(field.name, text)}
    />
  )
  const advanced = fields.filter(isAdvanced)
  return (
    <>
      {fields.filter(field => !isAdvanced(field)).map(draw)}
      {advanced.length > 0 && <Advanced isOpen={advanced.some(({ name }) => errorAt(refusal, `/settings/${name}`))}>{advanced.map(draw)}</Advanced>}
    </>
  )
}

/** Folded, but open where something in it is wrong. */
export function Advanced({ isOpen = false, children }: { readonly isOpen?: boolean; readonly children: ReactNode }) {
  return (
    <details className={classes.advanced} {...(isOpen ? { open: true } : {})}>
      <summary>{words.connectors.advanced}</summary>
      <div className={classes.stack}>{children}</div>
    </details>
  )
}

interface SettingFieldProps {
  readonly field: ChannelField
  readonly value: string
  readonly readOnly: boolean
  readonly error: string | undefined
  onChange(text: string): void
}

function SettingField({ field, value, readOnly, error, onChange }: SettingFieldProps) {
  const kind = kindOf(field)
  const shared = {
    label: field.title,
    inputWrapperOrder: ORDER,
    required: field.required,
    withAsterisk: false,
    value,
    error,
  }
  if (kind.type === 'choice') {
    return (
      <NativeSelect
        {...shared}
        description={field.description}
        disabled={readOnly}
        data={kind.choices.map(choice => ({ value: choice, label: words.connectors.choices[choice] ?? choice }))}
        onChange={event => onChange(event.currentTarget.value)}
      />
    )
  }
  if (kind.type === 'list') {
    return (
      <Textarea
        {...shared}
        description={`${field.description} ${words.connectors.listHelp}`}
        readOnly={readOnly}
        autosize
        minRows={2}
        onChange={event => onChange(event.currentTarget.value)}
      />
    )
  }
  return (
    <TextInput
      {...shared}
      description={field.description}
      readOnly={readOnly}
      autoComplete="off"
      spellCheck={false}
      onChange={event => onChange(event.currentTarget.value)}
    />
  )
}

interface SecretInputProps {
  readonly field: ChannelField
  readonly label: string
  readonly value: string
  readonly error: string | undefined
  readonly autoFocus?: boolean
  onChange(text: string): void
}

/** A secret that is being typed. */
export function SecretInput({ field, label, value, error, autoFocus = false, onChange }: SecretInputProps) {
  return (
    <PasswordInput
      label={label}
      description={field.description}
      inputWrapperOrder={ORDER}
      required={field.required}
      withAsterisk={false}
      value={value}
      error={error}
      autoComplete="off"
      autoFocus={autoFocus}
      onChange={event => onChange(event.currentTarget.value)}
    />
  )
}

/** The refusal's own words, if it is about this place. */
export function errorAt(refusal: Refusal | undefined, at: string): string | undefined {
  return refusal?.at === at ? [refusal.message, refusal.hint].filter(Boolean).join(' ') : undefined
}
