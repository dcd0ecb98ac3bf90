import type { ReactNode } from 'react'
import { words } from '../words/en.ts'
import { ExitRow, Fold, useFormScope } from './fields/index.ts'

/** What developers look for: the id, the `error` exit, the block as the file has it. */
export function Advanced(): ReactNode {
  const { id, block } = useFormScope()
  return (
    <Fold title={words.inspector.advanced}>
      <div className="field">
        <div className="field-label">{words.inspector.id}</div>
        <code className="inspector-id">{id}</code>
        <p className="field-help">{words.inspector.idHelp}</p>
      </div>
      <ExitRow exit="error" name={words.inspector.errorExit} />
      <p className="field-help">{words.inspector.errorHelp}</p>
      <div className="field">
        <div className="field-label">{words.inspector.json}</div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
        <pre className="inspector-json" tabIndex={0}>
          {JSON.stringify(block, null, 2)}
        </pre>
      </div>
    </Fold>
  )
}
