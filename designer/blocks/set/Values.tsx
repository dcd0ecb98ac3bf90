import { ActionIcon, Autocomplete } from '@mantine/core'
import { type ReactNode, useId, useState } from 'react'
import type { VariableDeclaration } from '../../../server/engine/index.ts'
import { isId, TemplateArea, typedId, useFormScope, useTyped, valueAt } from '../../inspector/fields/index.ts'
import { Icon } from '../../ui/Icon.tsx'
import { icons } from '../../ui/icons.ts'
import { words } from '../../words/en.ts'
import { inWords, isSettings } from '../gist/index.ts'
import { printSetValue, readSetValue } from './value.ts'

interface ValuesProps {
  /** The map of names to values. */
  readonly at: string
  readonly declared: Readonly<Record<string, VariableDeclaration>>
  /** Names to choose from. */
  readonly offered: readonly string[]
}

/** Names and what they are set to. */
export function Values({ at, declared, offered }: ValuesProps): ReactNode {
  const { block, set, readOnly } = useFormScope()
  const known = valueAt(block, at)
  const names = isSettings(known) ? Object.keys(known) : []
  const [typed, setTyped] = useState('')
  const add = (name: string) => {
    const id = typedId(name)
    if (!isId(id)) return
    if (!names.includes(id)) set(`${at}/${id}`, '')
    setTyped('')
  }
  const remove = (name: string) => set(names.length === 1 ? at : `${at}/${name}`, undefined)
  return (
    <>
      <ul className="rows">
        {names.map(name => (
          <li key={name} className="row">
            <Value at={`${at}/${name}`} name={name} declared={declared[name]} />
            {!readOnly && (
              <ActionIcon className="row-remove" size={22} aria-label={words.inspector.remove(inWords(name))} onClick={() => remove(name)}>
                <Icon path={icons.close} size={13} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {!readOnly && (
        <Autocomplete
          className="add-name"
          size="xs"
          aria-label={words.inspector.set.add}
          placeholder={words.inspector.set.add}
          value={typed}
          data={offered.filter(name => !names.includes(name))}
          leftSection={<Icon path={icons.plus} size={13} />}
          onChange={setTyped}
          onOptionSubmit={add}
          onBlur={() => add(typed)}
          onKeyDown={event => event.key === 'Enter' && add(typed)}
        />
      )}
    </>
  )
}

function Value({ at, name, declared }: { readonly at: string; readonly name: string; readonly declared: VariableDeclaration | undefined }): ReactNode {
  const { block, set, printables, readOnly } = useFormScope()
  const id = useId()
  const typed = useTyped({
    value: printSetValue(valueAt(block, at)),
    print: text => text,
    read: text => ({ ok: true, value: printSetValue(readSetValue(text, declared)) }),
    save: text => set(at, readSetValue(text, declared)),
  })
  return (
    <>
      <label className="row-name" htmlFor={id}>
        <span className="gist-token">{inWords(name)}</span>
      </label>
      <TemplateArea
        id={id}
        text={typed.text}
        placeholder={words.inspector.set.placeholders[declared?.type ?? 'text'] ?? ''}
        printables={printables}
        rows={1}
        readOnly={readOnly}
        onType={typed.type}
        onLeave={typed.leave}
      />
    </>
  )
}
