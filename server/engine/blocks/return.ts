import { defineBlock } from './block.ts'
import { settings } from './settings.ts'

/** Ends what `on_keyword` began and goes back to the interrupted wait (rule 19). */
export const returnToWait = defineBlock({
  type: 'return',
  group: 'entries',
  title: 'Return',
  purpose: 'Ends what an “On keyword” entry began: says the interrupted question again and goes on waiting for its answer.',
  schema: settings({}),
  example: { type: 'return' },
  exits: () => [],
  run: () => ({ type: 'return', why: 'Back to the interrupted block' }),
})
