import { defineView } from '../define-view.ts'
import { Face } from './Face.tsx'

/** `on_inactivity` in the designer. */
export const onInactivityView = defineView({
  type: 'on_inactivity',
  icon: 'M13 9.6A5.4 5.4 0 1 1 6.6 3 4.4 4.4 0 0 0 13 9.6z',
  Face,
  form: () => import('./Form.tsx'),
  fresh: () => ({ type: 'on_inactivity', after: '30 min' }),
})
