/** A field and the list of what fits it: arrows walk, Enter takes, Esc closes. The command palette and the search in a flow are both this. */
import { type KeyboardEvent, type ReactNode, type Ref, useEffect, useId, useRef } from 'react'
import { SearchField } from './SearchField.tsx'
import classes from './SearchList.module.css'

/** Something that can be taken. */
export interface SearchOption {
  /** Unique in the list. */
  readonly key: string
  readonly row: ReactNode
}

/** Options under a title; no title where there is one group. */
export interface SearchGroup {
  readonly title?: string
  readonly options: readonly SearchOption[]
}

interface SearchListProps {
  readonly label: string
  readonly placeholder: string
  readonly query: string
  readonly groups: readonly SearchGroup[]
  /** The option that Enter takes, counted over all groups. */
  readonly active: number | undefined
  /** What is said when nothing fits. */
  readonly nothing?: string
  readonly beside?: ReactNode
  readonly field?: Ref<HTMLInputElement>
  onQuery(query: string): void
  /** The arrows went there. */
  onWalk(option: number): void
  /** By Enter, also with Shift. */
  onEnter(option: number, isBack: boolean): void
  onPress(option: number): void
  onClose(): void
}

/** Draws the field and the list; what is typed and where one is belongs to the caller. */
export function SearchList({ label, placeholder, query, groups, active, nothing, beside, field, ...on }: SearchListProps) {
  const listId = useId()
  const list = useRef<HTMLDivElement>(null)
  const count = groups.reduce((total, { options }) => total + options.length, 0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the active option moves with both
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [active, query])

  const onKey = (event: KeyboardEvent) => {
    // Shortcuts of the page go on: asked for again, the field is written in anew.
    if (event.ctrlKey || event.metaKey) return
    event.stopPropagation()
    if (event.key === 'Escape') on.onClose()
    else if (count > 0 && event.key === 'ArrowDown') on.onWalk(active === undefined ? 0 : (active + 1) % count)
    else if (count > 0 && event.key === 'ArrowUp') on.onWalk(active === undefined ? count - 1 : (active + count - 1) % count)
    else if (event.key === 'Enter' && active !== undefined && active < count) on.onEnter(active, event.shiftKey)
    else return
    event.preventDefault()
  }
  let before = 0
  return (
    <>
      <SearchField
        ref={field}
        value={query}
        placeholder={placeholder}
        dir="auto"
        aria-label={label}
        role="combobox"
        aria-expanded={count > 0}
        aria-controls={listId}
        aria-activedescendant={active !== undefined && active < count ? `${listId}-${active}` : undefined}
        autoComplete="off"
        onChange={event => on.onQuery(event.target.value)}
        onKeyDown={onKey}
        beside={beside}
      />
      {count === 0 && nothing !== undefined && <p className={classes.nothing}>{nothing}</p>}
      {count > 0 && (
        <div ref={list} className={classes.list} role="listbox" id={listId} aria-label={label} tabIndex={-1}>
          {groups.map(({ title, options }) => {
            const first = before
            before += options.length
            if (options.length === 0) return null
            return (
              // biome-ignore lint/a11y/useSemanticElements: a group of options is no fieldset
              <div key={title ?? ''} role="group" aria-label={title}>
                {title !== undefined && (
                  <div className={classes.title} aria-hidden="true">
                    {title}
                  </div>
                )}
                {options.map(({ key, row }, place) => (
                  // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
                  // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active option
                  <div
                    key={key}
                    id={`${listId}-${first + place}`}
                    role="option"
                    aria-selected={first + place === active}
                    className={classes.option}
                    onClick={() => on.onPress(first + place)}
                  >
                    {row}
                  </div>
                ))}
              </div>
            )
          })}
        </div>
      )}
    </>
  )
}
