/** The list beside the compared canvas: it walks the canvas, and the canvas the list. */
import type { BlockDiff, Flow, FlowDiff } from '../../server/engine/index.ts'
import { versions as words } from '../words/versions.ts'
import { ChangeList } from './ChangeList.tsx'
import classes from './Changes.module.css'
import type { Shown } from './use-versions.ts'

interface ChangesProps {
  readonly diff: FlowDiff | undefined
  /** The blocks of `diff`, in the order they are walked. */
  readonly changes: readonly BlockDiff[]
  readonly before: Flow | undefined
  readonly after: Flow | undefined
  readonly to: Shown
  /** Index of the change that is looked at. */
  readonly at: number
  setAt(at: number): void
}

/** Without a difference: what is looked at. */
export function Changes({ diff, changes, before, after, to, at, setAt }: ChangesProps) {
  if (!diff || !before || !after) {
    return (
      <div className={classes.changes}>
        <h2 className={classes.title}>{words.looking(to === 'draft' ? words.draft : words.version(to))}</h2>
        <p className={classes.hint}>{words.lookHint}</p>
      </div>
    )
  }
  return (
    <div className={classes.changes}>
      <h2 className={classes.title}>{words.changes(diff.blocks.length + diff.settings.length)}</h2>
      <p className={classes.hint}>
        {words.same(diff.same)} {words.moved(diff.moved.length)}
      </p>
      <ChangeList blocks={changes} settings={diff.settings} before={before} after={after} level={3} at={at} setAt={setAt} />
    </div>
  )
}
