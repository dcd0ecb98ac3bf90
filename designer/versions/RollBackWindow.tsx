/** Rolling back while conversations run: what becomes of them is said before the button. */
import { Button, Modal } from '@mantine/core'
import { useDraft } from '../draft/index.ts'
import { versions as words } from '../words/versions.ts'
import classes from './PublishDialog.module.css'
import { useRollBackAsked } from './roll-back-asked.ts'
import { useRollBack } from './rolling-back.ts'
import { useMoves } from './use-moves.ts'
import { WaitingRows } from './WaitingRows.tsx'

/** Opens when a roll back was asked for that is about somebody. */
export function RollBackWindow() {
  const { asked, ask } = useRollBackAsked()
  const close = () => ask(undefined)
  return (
    <Modal
      opened={asked !== undefined}
      onClose={close}
      title={asked === undefined ? '' : words.rollBackTitle(asked)}
      size={480}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      {asked !== undefined && <RollBackForm version={asked} close={close} />}
    </Modal>
  )
}

function RollBackForm({ version, close }: { readonly version: number; readonly close: () => void }) {
  const id = useDraft(draft => draft.id)
  const moves = useMoves(id, { version, isReady: true })
  const { rollBackWith, isRollingBack } = useRollBack(id)
  const { waiting, to } = moves
  return (
    <form
      className={classes.form}
      onSubmit={event => {
        event.preventDefault()
        if (waiting) void rollBackWith(version, waiting, moves.decision).then(close)
      }}
    >
      <p className={classes.lead}>{to === undefined ? words.check.counting : words.rollBackLead(to, version)}</p>
      <WaitingRows moves={moves} />
      <div className={classes.buttons}>
        <Button onClick={close}>{words.cancel}</Button>
        <Button type="submit" variant="filled" data-autofocus disabled={!waiting} loading={isRollingBack}>
          {words.rollBack(version)}
        </Button>
      </div>
    </form>
  )
}
