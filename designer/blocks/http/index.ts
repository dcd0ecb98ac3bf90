import { defineView } from '../define-view.ts'
import { Face } from './Face.tsx'

/** `http` in the designer. */
export const httpView = defineView({
  type: 'http',
  icon: 'M8 13.5a5.5 5.5 0 1 0 0-11a5.5 5.5 0 0 0 0 11zM2.7 8h10.6M8 2.5c1.6 1.5 2.3 3.4 2.3 5.5S9.6 12 8 13.5C6.4 12 5.7 10.1 5.7 8S6.4 4 8 2.5z',
  Face,
  form: () => import('./Form.tsx'),
  fresh: () => ({ type: 'http', url: '', timeout: '10 s' }),
})
