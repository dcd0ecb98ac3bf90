import { type ReactNode, useId } from 'react'
import './fields.css'

/** Names that tie an input to its label, help and mistake. */
export interface FieldIds {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': true | undefined
}

interface FieldProps {
  readonly label: string
  /** The setting it is for: going to a problem finds it by this. */
  readonly at?: string
  /** For screen readers only: a title above says the same. */
  readonly hideLabel?: boolean
  readonly help?: string | undefined
  readonly wrong?: string | undefined
  /** At the right of the label: a counter, a button. */
  readonly end?: ReactNode
  readonly children: (ids: FieldIds) => ReactNode
}

/** A label above a field, help or what is wrong below. */
export function Field({ label, at, hideLabel = false, help, wrong, end, children }: FieldProps): ReactNode {
  const id = useId()
  const below = wrong ?? help
  return (
    <div className="field" data-at={at} data-wrong={wrong !== undefined || undefined}>
      <div className="field-label" data-hidden={hideLabel || undefined}>
        <label htmlFor={id}>{label}</label>
        {end !== undefined && <span className="field-end">{end}</span>}
      </div>
      {children({ id, 'aria-describedby': below === undefined ? undefined : `${id}-below`, 'aria-invalid': wrong === undefined ? undefined : true })}
      {below !== undefined && (
        <p id={`${id}-below`} className={wrong === undefined ? 'field-help' : 'field-wrong'}>
          {below}
        </p>
      )}
    </div>
  )
}
