import { defineView } from '../define-view.ts'
import { readList } from '../gist/index.ts'
import { Face } from './Face.tsx'

/** `start` in the designer. */
export const startView = defineView({
  type: 'start',
  icon: 'M6 4.2v7.6l6-3.8z',
  Face,
  hasGist: block => readList(block.cases).length > 0,
  form: () => import('./Form.tsx'),
  fresh: () => ({ type: 'start' }),
})
