import { defineView } from '../define-view.ts'
import { Face } from './Face.tsx'

/** `question` in the designer. */
export const questionView = defineView({
  type: 'question',
  icon: 'M4 2.5h8A1.5 1.5 0 0 1 13.5 4v6a1.5 1.5 0 0 1-1.5 1.5H7.5l-3 2.3v-2.3H4A1.5 1.5 0 0 1 2.5 10V4A1.5 1.5 0 0 1 4 2.5zM6.6 5.6c.2-.8.8-1.1 1.4-1.1.9 0 1.5.5 1.5 1.2 0 1-1.4 1-1.4 1.9M8.1 9.4v.1',
  Face,
  inlineText: 'text',
  form: () => import('./Form.tsx'),
  fresh: () => ({ type: 'question', text: '', timeout: '1 day' }),
})
