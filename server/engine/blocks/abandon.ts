import type { CompiledText } from './block.ts'
import { defineBlock } from './block.ts'
import { Type } from './setting-type.ts'
import { settings, textSetting } from './settings.ts'

interface Compiled {
  readonly text: CompiledText | undefined
}

/** Closes the conversation as abandoned, from a called flow too (rule 22). */
export const abandon = defineBlock({
  type: 'abandon',
  group: 'finish',
  title: 'Abandon',
  purpose: 'Closes the conversation as abandoned, with a last message and a reason for the statistics.',
  schema: settings({
    text: Type.Optional(textSetting({ title: 'Last message', description: 'Said before the conversation closes. If empty, nothing is said.' })),
    reason: Type.Optional(
      Type.String({ title: 'Reason', description: 'Why it is abandoned, for the people who read statistics. The contact does not see it.' }),
    ),
  }),
  example: { type: 'abandon', text: 'Nobody is free right now. Please write again later.', reason: 'Waited too long' },
  exits: () => [],
  compile: (block, compiler): Compiled => ({ text: compiler.text(block.text, '/text') }),
  run(block, turn, { text }) {
    if (text) turn.send({ text: turn.say(text) })
    return { type: 'finish', outcome: 'abandoned', why: block.reason || 'Abandoned' }
  },
})
