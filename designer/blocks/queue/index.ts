import { words } from '../../words/en.ts'
import { defineView } from '../define-view.ts'
import { Face } from './Face.tsx'

/** `queue` in the designer. */
export const queueView = defineView({
  type: 'queue',
  icon: 'M6 7.6a2.25 2.25 0 1 0 0-4.5 2.25 2.25 0 0 0 0 4.5zM2 13c.3-2.4 1.9-3.7 4-3.7s3.7 1.3 4 3.7M10.6 3.4a2.1 2.1 0 0 1 0 4M11.8 9.6c1.3.5 2.1 1.7 2.3 3.4',
  Face,
  form: () => import('./Form.tsx'),
  fresh: () => ({ type: 'queue', queue: 'default', max_wait: '10 min', text: words.inspector.queue.waiting }),
})
