import { defineView } from '../define-view.ts'
import { Face } from './Face.tsx'

/** `condition` in the designer. */
export const conditionView = defineView({
  type: 'condition',
  icon: 'M8 2v3.5M8 5.5 4 9v5M8 5.5 12 9v5',
  Face,
  form: () => import('./Form.tsx'),
  fresh: () => ({ type: 'condition', cases: [] }),
})
