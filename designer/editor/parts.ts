/** The parts of the editor, each loaded when it is first shown. Every part finds the open draft through `useDraft` of `draft/`. */
import { lazy } from 'react'

const missing = () => null

/** What a part's `index.ts` exports by name, or nothing while the part is not there. */
function part(load: (() => Promise<unknown>) | undefined, name: string) {
  return lazy(async () => {
    const loaded = (await load?.()) as Readonly<Record<string, React.ComponentType>> | undefined
    return { default: loaded?.[name] ?? missing }
  })
}

const found = {
  ...import.meta.glob('../canvas/index.ts'),
  ...import.meta.glob('../inspector/index.ts'),
  ...import.meta.glob('../problems/index.ts'),
  ...import.meta.glob('../simulator/index.ts'),
  ...import.meta.glob('../versions/index.ts'),
}

export const Palette = part(found['../canvas/index.ts'], 'Palette')
export const Canvas = part(found['../canvas/index.ts'], 'Canvas')
export const Inspector = part(found['../inspector/index.ts'], 'Inspector')
export const Problems = part(found['../problems/index.ts'], 'Problems')
export const Simulator = part(found['../simulator/index.ts'], 'Simulator')
export const Versions = part(found['../versions/index.ts'], 'Versions')
