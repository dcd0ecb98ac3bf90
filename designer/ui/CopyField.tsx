/** A value to be copied: by its button, or by hand where the browser does not let a page copy. */
import { Button, TextInput } from '@mantine/core'
import { useId, useRef, useState } from 'react'
import { words } from '../words/en.ts'
import classes from './CopyField.module.css'

interface CopyFieldProps {
  readonly label: string
  readonly value: string
  readonly help?: string
  /** The copy button is what the region is about, and has the focus when a dialog opens. */
  readonly isMain?: boolean
}

/** After a refused copy the text is chosen, and the button says which keys take it. */
export function CopyField({ label, value, help, isMain = false }: CopyFieldProps) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [state, setState] = useState<'idle' | 'copied' | 'by_hand'>('idle')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value)
      setState('copied')
      setTimeout(() => setState('idle'), 2000)
    } catch {
      // No permission, or a page without https: the person's own keys always may.
      input.current?.focus()
      input.current?.select()
      setState('by_hand')
    }
  }
  return (
    <div>
      <div className={classes.line}>
        <TextInput id={id} ref={input} className={classes.value ?? ''} label={label} value={value} readOnly onFocus={event => event.currentTarget.select()} />
        <Button
          className={classes.copy ?? ''}
          variant={isMain ? 'filled' : 'default'}
          onClick={() => void copy()}
          aria-describedby={id}
          {...(isMain ? { 'data-autofocus': true } : {})}
        >
          {state === 'copied' ? words.shell.copied : words.shell.copy}
        </Button>
      </div>
      <p className={classes.help} role="status">
        {state === 'by_hand' ? words.shell.copyByHand : help}
      </p>
    </div>
  )
}
