import type { Block, Problem } from '../../server/engine/index.ts'
import { spokenId, spokenName } from './projection.ts'

interface SpokenProps {
  readonly id: string
  readonly block: Block
  readonly name: string
  readonly problems: readonly Problem[]
}

/** What a screen reader calls the block: what holds it names this as its label. */
export function Spoken({ id, block, name, problems }: SpokenProps) {
  return (
    <span id={spokenId(id)} hidden>
      {spokenName(block, problems, name)}
    </span>
  )
}
