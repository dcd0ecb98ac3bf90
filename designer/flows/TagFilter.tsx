/** Tags as switches: only flows that have every pressed one are shown. */
import { words } from '../words/en.ts'
import classes from './FlowsPage.module.css'

interface TagFilterProps {
  readonly known: readonly string[]
  readonly chosen: readonly string[]
  onChange(chosen: readonly string[]): void
}

/** Nothing when there are no tags. */
export function TagFilter({ known, chosen, onChange }: TagFilterProps) {
  const shown = [...new Set([...known, ...chosen])]
  if (shown.length === 0) return null
  return (
    <fieldset className={classes.tags} aria-label={words.flows.tagsFilter} style={{ border: 0, padding: 0 }}>
      {shown.map(tag => {
        const isChosen = chosen.includes(tag)
        return (
          <button
            key={tag}
            type="button"
            className={classes.tag}
            dir="auto"
            aria-pressed={isChosen}
            onClick={() => onChange(isChosen ? chosen.filter(other => other !== tag) : [...chosen, tag])}
          >
            {tag}
          </button>
        )
      })}
    </fieldset>
  )
}
