import { defineView } from '../define-view.ts'
import { Face } from './Face.tsx'

/** `on_keyword` in the designer. */
export const onKeywordView = defineView({
  type: 'on_keyword',
  icon: 'M3 8.5h3.5V4.5H3v4c0 1.8.8 2.8 2.4 3.2M9.5 8.5H13V4.5H9.5v4c0 1.8.8 2.8 2.4 3.2',
  Face,
  form: () => import('./Form.tsx'),
  fresh: () => ({ type: 'on_keyword', words: [] }),
})
