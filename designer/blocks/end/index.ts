import { defineView } from '../define-view.ts'
import { readString, saysSomething } from '../gist/index.ts'
import { Face } from './Face.tsx'

/** `end` in the designer. */
export const endView = defineView({
  type: 'end',
  icon: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM5.4 8.2l1.8 1.8 3.4-3.7',
  Face,
  hasGist: block => saysSomething(block.text) || readString(block.outcome) !== '',
  inlineText: 'text',
  form: () => import('./Form.tsx'),
  fresh: () => ({ type: 'end' }),
})
