import { defineView } from '../define-view.ts'
import { readString, saysSomething } from '../gist/index.ts'
import { Face } from './Face.tsx'

/** `abandon` in the designer. */
export const abandonView = defineView({
  type: 'abandon',
  icon: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM6 6l4 4M10 6l-4 4',
  Face,
  hasGist: block => saysSomething(block.text) || readString(block.reason) !== '',
  inlineText: 'text',
  form: () => import('./Form.tsx'),
  fresh: () => ({ type: 'abandon' }),
})
