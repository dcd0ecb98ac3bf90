import { defineView } from '../define-view.ts'
import { Face } from './Face.tsx'

/** `listen` in the designer. */
export const listenView = defineView({
  type: 'listen',
  icon: 'M4.9 10.6C4 9.6 3.5 8.3 3.5 6.8a4.4 4.4 0 0 1 8.8 0c0 3-2.6 3.2-2.9 5-.2 1.1-.9 1.7-1.8 1.7-1 0-1.6-.7-1.6-1.7M6 6.9a1.9 1.9 0 0 1 3.8 0c0 1.2-1 1.3-1 2.3',
  Face,
  form: () => import('./Form.tsx'),
  fresh: () => ({ type: 'listen', timeout: '1 day' }),
})
