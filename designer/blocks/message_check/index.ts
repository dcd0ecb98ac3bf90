import { defineView } from '../define-view.ts'
import { Face } from './Face.tsx'

/** `message_check` in the designer. */
export const messageCheckView = defineView({
  type: 'message_check',
  icon: 'M2 5.5h12v5H2zM4.7 5.5v2M7.3 5.5v3M10 5.5v2M12 5.5v2',
  Face,
  form: () => import('./Form.tsx'),
  fresh: () => ({ type: 'message_check', max_length: 'channel' }),
})
