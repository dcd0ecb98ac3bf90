/** Makes the entry of a block type in the list of views. */
import { type ComponentType, lazy } from 'react'
import type { BlockView } from './block-view.ts'

interface FormModule {
  readonly Form: ComponentType
}

interface Definition extends Omit<BlockView, 'Form' | 'loadForm' | 'hasGist'> {
  readonly hasGist?: BlockView['hasGist']
  /** `() => import('./Form.tsx')`: a form is no part of the first load. */
  readonly form: () => Promise<FormModule>
}

/** Fills in what most types share: they always have a gist, and their form comes later. */
export function defineView({ form, hasGist = () => true, ...view }: Definition): BlockView {
  return { ...view, hasGist, loadForm: form, Form: lazy(async () => ({ default: (await form()).Form })) }
}
