import { defineBlock, leave } from './block.ts'
import { durationSetting, settings } from './settings.ts'

/** Starts when the contact is silent. The engine counts from the last message either way (rule 20). */
export const onInactivity = defineBlock({
  type: 'on_inactivity',
  group: 'entries',
  title: 'On inactivity',
  purpose: 'Begins when the flow waits for an answer and nobody has said anything for a while: once for each silence.',
  entry: true,
  schema: settings({
    after: durationSetting({
      title: 'After',
      description: 'How long nothing was said, counted from the last message of either side. A timeout of the waiting block comes first if it is not later.',
    }),
  }),
  example: { type: 'on_inactivity', after: '30 min', exits: { next: 'still_there' } },
  exits: () => [{ name: 'next', needed: false }],
  run: block => leave('next', `Nothing was said for ${block.after}`),
  lint: (_block, view) =>
    (view.counts.get('on_inactivity') ?? 0) > 1
      ? [view.problem('doubled_entry', 'error', '', 'A flow can have only one “On inactivity” entry.', 'Remove one of them.')]
      : [],
})
