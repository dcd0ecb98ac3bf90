/** The draft beside what is live. */
import { useMemo } from 'react'
import { diffFlows, type FlowDiff, printFlow } from '../../server/engine/index.ts'
import { useDraft } from '../draft/index.ts'
import { useHistory, useShownFlow } from './use-versions.ts'

/** What is live, and what the draft changes of it. */
export interface Live {
  readonly version: number
  readonly diff: FlowDiff
  /** Nothing differs, not even where a block stands: there is nothing to publish. */
  readonly isSameFile: boolean
}

/** `never` before the first version; undefined until it is known. */
export function useLive(id: string): Live | 'never' | undefined {
  const draft = useDraft(({ flow }) => flow)
  const history = useHistory(id)
  const version = history?.find(({ live }) => live)?.version
  const flow = useShownFlow(id, version)
  return useMemo(() => {
    if (history && version === undefined) return 'never'
    if (!flow || version === undefined) return undefined
    return { version, diff: diffFlows(flow, draft), isSameFile: printFlow(flow) === printFlow(draft) }
  }, [history, version, flow, draft])
}
