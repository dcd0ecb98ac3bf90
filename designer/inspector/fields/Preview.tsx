import type { ReactNode } from 'react'
import { PartPlace } from '../../shell/PartPlace.tsx'
import { lazyPart } from '../../shell/part.tsx'
import { words } from '../../words/en.ts'
import { Fold } from './Section.tsx'

/** What the fold holds; with it come the engine's templates. */
export const PreviewBody = lazyPart(async () => (await import('./PreviewBody.tsx')).PreviewBody)

/** How the message looks on each channel, made by the engine. Bound channels come first. */
export function Preview(): ReactNode {
  return (
    <Fold title={words.inspector.preview} late>
      <PartPlace>
        <PreviewBody />
      </PartPlace>
    </Fold>
  )
}
