import { defineView } from '../define-view.ts'
import { Face } from './Face.tsx'

/** `rate` in the designer. */
export const rateView = defineView({
  type: 'rate',
  icon: 'M8 2.3l1.7 3.6 3.9.5-2.9 2.7.8 3.9L8 11.1 4.5 13l.8-3.9L2.4 6.4l3.9-.5z',
  Face,
  inlineText: 'text',
  form: () => import('./Form.tsx'),
  fresh: () => ({
    type: 'rate',
    text: '',
    bands: [
      { id: 'unhappy', from: 1, to: 2 },
      { id: 'happy', from: 3, to: 5 },
    ],
    timeout: '1 h',
  }),
})
