import { defineBlock, leave } from './block.ts'
import { Type } from './setting-type.ts'
import { choiceSetting, settings } from './settings.ts'

const CAUSES = ['block_failed', 'delivery_failed', 'guard'] as const

/** Starts when something goes wrong and the failing block's `error` exit is not connected. If it fails too, the safety net acts (rule 24). */
export const onError = defineBlock({
  type: 'on_error',
  group: 'entries',
  title: 'On error',
  purpose: 'Starts when a block failed, a message could not be delivered, or a guard stopped the flow.',
  entry: true,
  schema: settings({
    causes: Type.Optional(
      Type.Array(choiceSetting(CAUSES, { title: 'Cause' }), {
        title: 'Causes',
        description:
          'Only these causes; all of them if none is chosen: a block could not do its work, a message did not reach the contact, too many blocks or messages came in one go.',
        uniqueItems: true,
      }),
    ),
  }),
  example: { type: 'on_error', causes: ['delivery_failed'], exits: { next: 'to_agent' } },
  exits: () => [{ name: 'next', needed: false }],
  run: () => leave('next', 'Something went wrong before'),
})
