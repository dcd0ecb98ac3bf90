import { defineView } from '../define-view.ts'
import { Face } from './Face.tsx'

/** `greeting` in the designer. */
export const greetingView = defineView({
  type: 'greeting',
  icon: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM5.5 9.2c.6 1 1.5 1.5 2.5 1.5s1.9-.5 2.5-1.5M6 6.3v.4M10 6.3v.4',
  Face,
  inlineText: 'text',
  form: () => import('./Form.tsx'),
  fresh: () => ({ type: 'greeting', text: '' }),
})
