import { defineView } from '../define-view.ts'
import { Face } from './Face.tsx'

/** `return` in the designer. */
export const returnToWaitView = defineView({
  type: 'return',
  icon: 'M3 4.5h6.5a3.25 3.25 0 0 1 0 6.5H3.5M6 8.5 3.5 11 6 13.5',
  Face,
  hasGist: () => false,
  form: () => import('./Form.tsx'),
  fresh: () => ({ type: 'return' }),
})
