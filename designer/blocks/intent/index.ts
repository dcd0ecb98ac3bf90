import { defineView } from '../define-view.ts'
import { Face } from './Face.tsx'

/** `intent` in the designer. */
export const intentView = defineView({
  type: 'intent',
  icon: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 10.6a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2z',
  Face,
  form: () => import('./Form.tsx'),
  fresh: () => ({ type: 'intent', intents: [] }),
})
