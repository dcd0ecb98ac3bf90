import { Menu } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Fix } from './fixes/index.ts'

interface FixButtonProps {
  readonly fix: Fix
  readonly className: string
  /** The row it stands in is the stop of Tab; there Alt+Enter presses it. */
  readonly isAside?: boolean
  onFix(fix: Fix): void
}

/** The verb that mends a problem; a menu where several answers are as good. */
export function FixButton({ fix, className, isAside = false, onFix }: FixButtonProps): ReactNode {
  const { label, choices } = fix
  const aside = isAside ? { tabIndex: -1, 'aria-keyshortcuts': 'Alt+Enter' } : {}
  if (!choices) {
    return (
      <button type="button" className={className} {...aside} onClick={() => onFix(fix)}>
        {label}
      </button>
    )
  }
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <button type="button" className={className} {...aside}>
          {label}
        </button>
      </Menu.Target>
      <Menu.Dropdown className="fix-choices">
        <Choices choices={choices} onFix={onFix} />
      </Menu.Dropdown>
    </Menu>
  )
}

/** Made when the menu is open: a strip of problems has many menus and mostly none is opened. */
function Choices({ choices, onFix }: { readonly choices: NonNullable<Fix['choices']>; onFix(fix: Fix): void }): ReactNode {
  return choices().map(({ title, fixes }) => (
    <div key={title}>
      <Menu.Label>{title}</Menu.Label>
      {fixes.map((fix, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two blocks may have one name
        <Menu.Item key={place} onClick={() => onFix(fix)}>
          {fix.label}
        </Menu.Item>
      ))}
    </div>
  ))
}
