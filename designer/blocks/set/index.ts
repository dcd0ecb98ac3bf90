import { defineView } from '../define-view.ts'
import { Face } from './Face.tsx'

/** `set` in the designer. */
export const setView = defineView({
  type: 'set',
  icon: 'M3 13l.6-2.8 7.2-7.2a1.2 1.2 0 0 1 1.7 0l.5.5a1.2 1.2 0 0 1 0 1.7L5.8 12.4z',
  Face,
  form: () => import('./Form.tsx'),
  fresh: () => ({ type: 'set' }),
})
