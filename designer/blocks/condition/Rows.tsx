import { ActionIcon, Button, NativeSelect } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import { listAt, SearchSelect, TemplateArea, useFormScope, useTyped, valueAt, withValue } from '../../inspector/fields/index.ts'
import { Icon } from '../../ui/Icon.tsx'
import { icons } from '../../ui/icons.ts'
import { words } from '../../words/en.ts'
import { pathInWords } from '../gist/index.ts'
import { printRowValue, readRowValue, typeOfPath, WITHOUT_VALUE } from './row-value.ts'

/** Rows of a case: what is looked at, how it is compared, and with what. `at` is the list. */
export function Rows({ at }: { readonly at: string }): ReactNode {
  const { block, change, readOnly } = useFormScope()
  const rows = listAt(block, at)
  const add = () => change(now => withValue(now, `${at}/${listAt(now, at).length}`, { variable: '', operator: 'is', value: '' }))
  return (
    <>
      <ul className="rows">
        {rows.map((_, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place; its fields follow their values
          <Row key={place} at={`${at}/${place}`} place={place} />
        ))}
      </ul>
      {!readOnly && (
        <Button size="compact-sm" variant="subtle" leftSection={<Icon path={icons.plus} size={13} />} onClick={add}>
          {words.inspector.condition.addRow}
        </Button>
      )}
    </>
  )
}

function Row({ at, place }: { readonly at: string; readonly place: number }): ReactNode {
  const { block, set, change, printables, readOnly } = useFormScope()
  const operator = String(valueAt(block, `${at}/operator`) ?? 'is')
  const path = String(valueAt(block, `${at}/variable`) ?? '')
  const name = words.inspector.condition.row(place + 1)
  const compare = (next: string) =>
    change(now => {
      const compared = withValue(now, `${at}/operator`, next)
      if (WITHOUT_VALUE.has(next)) return withValue(compared, `${at}/value`, undefined)
      return valueAt(now, `${at}/value`) === undefined ? withValue(compared, `${at}/value`, '') : compared
    })
  return (
    <li className="row" aria-label={name} data-at={at}>
      <SearchSelect
        className="row-variable"
        size="xs"
        aria-label={words.inspector.condition.variable(name)}
        placeholder={words.inspector.condition.choose}
        value={path === '' ? null : path}
        data={[...new Set([...printables.map(each => each.path), ...(path === '' ? [] : [path])])].map(value => ({ value, label: pathInWords(value) }))}
        disabled={readOnly}
        nothingFoundMessage={words.inspector.condition.noValue}
        onChange={next => next !== null && set(`${at}/variable`, next)}
      />
      <NativeSelect
        size="xs"
        aria-label={words.inspector.condition.operator(name)}
        value={operator}
        disabled={readOnly}
        data={Object.entries(words.blocks.operators).map(([value, label]) => ({ value, label }))}
        onChange={event => compare(event.currentTarget.value)}
      />
      {!WITHOUT_VALUE.has(operator) && <Value at={at} name={name} operator={operator} path={path} />}
      {!readOnly && (
        <ActionIcon className="row-remove" size={22} aria-label={words.inspector.remove(name)} onClick={() => set(at, undefined)}>
          <Icon path={icons.close} size={13} />
        </ActionIcon>
      )}
    </li>
  )
}

interface ValueProps {
  readonly at: string
  readonly name: string
  readonly operator: string
  readonly path: string
}

function Value({ at, name, operator, path }: ValueProps): ReactNode {
  const { block, flow, set, printables, readOnly } = useFormScope()
  const id = useId()
  const type = typeOfPath(flow, path)
  const typed = useTyped({
    value: printRowValue(valueAt(block, `${at}/value`)),
    print: text => text,
    read: text => ({ ok: true, value: printRowValue(readRowValue(text, operator, type)) }),
    save: text => set(`${at}/value`, readRowValue(text, operator, type)),
  })
  if (type === 'boolean') {
    return (
      <NativeSelect
        size="xs"
        aria-label={words.inspector.condition.value(name)}
        value={typed.text === 'no' ? 'no' : typed.text === 'yes' ? 'yes' : ''}
        disabled={readOnly}
        data={[...(typed.text === 'yes' || typed.text === 'no' ? [] : ['']), words.blocks.yes, words.blocks.no]}
        onChange={event => set(`${at}/value`, event.currentTarget.value === words.blocks.yes)}
      />
    )
  }
  return (
    <TemplateArea
      id={id}
      aria-label={words.inspector.condition.value(name)}
      text={typed.text}
      placeholder={operator === 'in' ? words.inspector.condition.several : type === 'date' || operator === 'before' || operator === 'after' ? '2026-12-24' : ''}
      printables={printables}
      rows={1}
      readOnly={readOnly}
      onType={typed.type}
      onLeave={typed.leave}
    />
  )
}
