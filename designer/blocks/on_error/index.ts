import { defineView } from '../define-view.ts'
import { strings } from '../gist/index.ts'
import { Face } from './Face.tsx'

/** `on_error` in the designer. */
export const onErrorView = defineView({
  type: 'on_error',
  icon: 'M8 2.8 14 13H2zM8 6.6v3M8 11.3v.1',
  Face,
  hasGist: block => strings(block.causes).length > 0,
  form: () => import('./Form.tsx'),
  fresh: () => ({ type: 'on_error' }),
})
