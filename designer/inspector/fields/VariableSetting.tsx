import { Autocomplete, Button } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { inWords } from '../../blocks/gist/index.ts'
import { words } from '../../words/en.ts'
import { Field } from './Field.tsx'
import { useFormScope } from './form-scope.tsx'
import { isId, typedId } from './ids.ts'
import { schemaAt, valueAt } from './pointer.ts'
import type { VariableType } from './variable-types.ts'

interface VariableSettingProps {
  readonly at: string
  readonly label?: string
  readonly help?: boolean
  /** The type of a variable that is declared here. */
  readonly type: VariableType
  /** Empty while no name is chosen, instead of left out. */
  readonly required?: boolean
}

/** The variable that takes a value. A name that is not declared yet is declared with one press. */
export function VariableSetting({ at, label, help = true, type, required = false }: VariableSettingProps): ReactNode {
  const { block, flow, set, changeFlow, readOnly } = useFormScope()
  const schema = schemaAt(block.type, at)
  const known = valueAt(block, at)
  const value = typeof known === 'string' ? known : ''
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  const id = typedId(typed)
  const isDeclared = Object.hasOwn(flow.variables ?? {}, id)
  const wrong = id !== '' && !isId(id) ? words.inspector.wrongId : undefined
  const keep = (name: string) => {
    if ((name === '' || isId(name)) && name !== value) set(at, name === '' && !required ? undefined : name)
  }
  return (
    <Field at={at} label={label ?? schema.title ?? at} help={help ? schema.description : undefined} wrong={wrong}>
      {ids => (
        <>
          <Autocomplete
            {...ids}
            value={typed}
            placeholder={words.inspector.notKept}
            data={Object.keys(flow.variables ?? {})}
            readOnly={readOnly}
            onChange={setTyped}
            onOptionSubmit={keep}
            onBlur={() => {
              keep(id)
              if (wrong === undefined) setTyped(id)
            }}
          />
          {id !== '' && wrong === undefined && !isDeclared && !readOnly && (
            <Button
              size="compact-sm"
              variant="light"
              mt={6}
              w="fit-content"
              onClick={() => {
                keep(id)
                changeFlow(now => ({ ...now, variables: { ...now.variables, [id]: { type } } }))
              }}
            >
              {words.inspector.declare(inWords(id))}
            </Button>
          )}
        </>
      )}
    </Field>
  )
}
