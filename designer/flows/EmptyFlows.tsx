/** The page of somebody without a flow: what will be here, drawn, and how to begin. */
import { Button } from '@mantine/core'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { words } from '../words/en.ts'
import { Drawing } from './Drawing.tsx'
import classes from './EmptyFlows.module.css'
import { Templates } from './Templates.tsx'

interface EmptyFlowsProps {
  readonly mayWrite: boolean
  onNew(): void
  onImport(): void
}

/** One filled button, one alternative, templates. */
export function EmptyFlows({ mayWrite, onNew, onImport }: EmptyFlowsProps) {
  return (
    <div className={classes.empty}>
      <Drawing />
      <h1>{mayWrite ? words.flows.emptyTitle : words.flows.title}</h1>
      <p>{mayWrite ? words.flows.emptyLead : words.flows.emptyViewer}</p>
      {mayWrite && (
        <>
          <div className={classes.buttons}>
            <Button variant="filled" leftSection={<Icon path={icons.plus} />} onClick={onNew}>
              {words.flows.startBlank}
            </Button>
            <Button onClick={onImport}>{words.flows.importJson}</Button>
          </div>
          <Templates />
        </>
      )}
    </div>
  )
}
