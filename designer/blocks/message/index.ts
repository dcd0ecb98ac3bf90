import { defineView } from '../define-view.ts'
import { Face } from './Face.tsx'

/** `message` in the designer. */
export const messageView = defineView({
  type: 'message',
  icon: 'M4 3h8a1.5 1.5 0 0 1 1.5 1.5v5A1.5 1.5 0 0 1 12 11H7.5l-3 2.5V11H4a1.5 1.5 0 0 1-1.5-1.5v-5A1.5 1.5 0 0 1 4 3z',
  Face,
  inlineText: 'text',
  form: () => import('./Form.tsx'),
  fresh: () => ({ type: 'message', text: '' }),
})
