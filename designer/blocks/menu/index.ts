import { defineView } from '../define-view.ts'
import { Face } from './Face.tsx'

/** `menu` in the designer. */
export const menuView = defineView({
  type: 'menu',
  icon: 'M3 4.5h.01M6 4.5h7M3 8h.01M6 8h7M3 11.5h.01M6 11.5h7',
  Face,
  inlineText: 'text',
  form: () => import('./Form.tsx'),
  fresh: () => ({ type: 'menu', text: '', choices: [], timeout: '1 day' }),
})
