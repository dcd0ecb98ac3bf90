import { defineView } from '../define-view.ts'
import { Face } from './Face.tsx'

/** `keywords` in the designer. */
export const keywordsView = defineView({
  type: 'keywords',
  icon: 'M2.5 8V3.5a1 1 0 0 1 1-1H8l5.4 5.4a1 1 0 0 1 0 1.4l-4.1 4.1a1 1 0 0 1-1.4 0zM5.4 5.4h.01',
  Face,
  form: () => import('./Form.tsx'),
  fresh: () => ({ type: 'keywords', cases: [] }),
})
