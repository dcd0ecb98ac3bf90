import { defineView } from '../define-view.ts'
import { Face } from './Face.tsx'

/** `wait` in the designer. */
export const waitView = defineView({
  type: 'wait',
  icon: 'M4.5 2.5h7M4.5 13.5h7M5.2 2.5c0 3 2.8 3.6 2.8 5.5s-2.8 2.5-2.8 5.5M10.8 2.5c0 3-2.8 3.6-2.8 5.5s2.8 2.5 2.8 5.5',
  Face,
  form: () => import('./Form.tsx'),
  fresh: () => ({ type: 'wait', for: '5 min' }),
})
