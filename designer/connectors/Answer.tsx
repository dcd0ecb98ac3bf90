/** What a vendor answered, as a sentence with a mark. */
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import classes from './Connectors.module.css'

/** `hint` says what to do. */
export function Answer({ ok, title, hint }: { readonly ok: boolean; readonly title: string; readonly hint?: string }) {
  return (
    <div className={classes.answer} data-ok={ok}>
      <Icon path={ok ? icons.check : icons.warning} />
      <div>
        <b>{title}</b>
        {hint !== undefined && hint !== '' && <p>{hint}</p>}
      </div>
    </div>
  )
}
