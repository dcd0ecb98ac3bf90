import { ActionIcon, Button } from '@mantine/core'
import { type ReactNode, useRef } from 'react'
import { listAt, useFormScope, withValue } from '../../inspector/fields/index.ts'
import { Icon } from '../../ui/Icon.tsx'
import { icons } from '../../ui/icons.ts'
import { words } from '../../words/en.ts'
import './rows.css'

interface RowsProps {
  /** The list in the block. */
  readonly at: string
  /** What one row is called: "Header". */
  readonly name: string
  readonly add: string
  readonly fresh: Readonly<Record<string, string>>
  /** Both fields are short: they stand beside each other. */
  readonly isPair?: boolean
  /** The fields of a row. */
  readonly children: (at: string, name: string) => ReactNode
}

/** Rows of two fields each; the list is left out when its last row goes. */
export function Rows({ at, name, add, fresh, isPair = false, children }: RowsProps): ReactNode {
  const { block, change, set, readOnly } = useFormScope()
  const list = useRef<HTMLUListElement>(null)
  const rows = listAt(block, at)
  const focusRow = (place: number) => requestAnimationFrame(() => list.current?.children[place]?.querySelector<HTMLElement>('input, textarea')?.focus())
  const append = () => {
    change(now => withValue(now, at, [...listAt(now, at), { ...fresh }]))
    focusRow(rows.length)
  }
  const remove = (place: number) => {
    set(rows.length === 1 ? at : `${at}/${place}`, undefined)
    focusRow(Math.min(place, rows.length - 2))
  }
  return (
    <>
      <ul className="rows" ref={list} data-at={at}>
        {rows.map((_row, place) => {
          const label = words.inspector.http.row(name, place + 1)
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity of their own, and their fields follow their values
            <li key={place} className="row call-row" data-pair={isPair || undefined}>
              {children(`${at}/${place}`, label)}
              {!readOnly && (
                <ActionIcon className="row-remove" size={22} aria-label={words.inspector.remove(label)} onClick={() => remove(place)}>
                  <Icon path={icons.close} size={13} />
                </ActionIcon>
              )}
            </li>
          )
        })}
      </ul>
      {!readOnly && (
        <Button size="compact-sm" variant="light" w="fit-content" leftSection={<Icon path={icons.plus} size={13} />} onClick={append}>
          {add}
        </Button>
      )}
    </>
  )
}
