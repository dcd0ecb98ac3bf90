import { type ReactNode, useState } from 'react'
import { Icon } from '../../ui/Icon.tsx'
import { icons } from '../../ui/icons.ts'
import { useFormScope } from './form-scope.tsx'

interface AddLineProps {
  /** What is added, as the label of the line: "Add a choice". */
  readonly label: string
  readonly placeholder: string
  onAdd(text: string): void
}

/** Write, press Enter, and it is there; then the next one. */
export function AddLine(props: AddLineProps): ReactNode {
  const { readOnly } = useFormScope()
  return readOnly ? null : <AddName label={props.label} placeholder={props.placeholder} onAdd={props.onAdd} />
}

/** The same outside of a form. */
export function AddName({ label, placeholder = label, onAdd }: Omit<AddLineProps, 'placeholder'> & { readonly placeholder?: string }): ReactNode {
  const [text, setText] = useState('')
  const [isInside, setInside] = useState(false)
  const add = () => {
    if (text.trim() === '') return
    onAdd(text.trim())
    setText('')
  }
  return (
    <div className="add-line">
      <Icon path={icons.plus} size={13} />
      <input
        dir="auto"
        value={text}
        aria-label={label}
        placeholder={isInside ? placeholder : label}
        onChange={event => setText(event.target.value)}
        onFocus={() => setInside(true)}
        onBlur={() => {
          setInside(false)
          add()
        }}
        onKeyDown={event => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          add()
        }}
      />
    </div>
  )
}
