/** A section of the settings that is a list: what it is for, how to add one, a table. */
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { words } from '../words/en.ts'
import classes from './SettingsPage.module.css'

interface SettingsListProps {
  readonly lead: string
  /** On the button that adds one. */
  readonly add: string
  onAdd(): void
  /** Heads of the columns; the last one, of what can be done, is only read aloud. */
  readonly columns: readonly string[]
  /** Said in place of a table without rows. */
  readonly empty?: string | undefined
  /** Rows of the table. */
  readonly children: ReactNode
}

/** Head and card of the list. */
export function SettingsList({ lead, add, onAdd, columns, empty, children }: SettingsListProps) {
  return (
    <>
      <div className={classes.head}>
        <p>{lead}</p>
        <Button variant="filled" leftSection={<Icon path={icons.plus} />} onClick={onAdd}>
          {add}
        </Button>
      </div>
      <div className={classes.card}>
        {empty !== undefined ? (
          <p className={classes.empty}>{empty}</p>
        ) : (
          <table className={classes.table}>
            <thead>
              <tr>
                {columns.map(column => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
                <th scope="col">
                  <span className={classes.unseen}>{words.settings.columns.actions}</span>
                </th>
              </tr>
            </thead>
            <tbody>{children}</tbody>
          </table>
        )}
      </div>
    </>
  )
}
