import type { CompiledText } from './block.ts'
import { defineBlock } from './block.ts'
import { Type } from './setting-type.ts'
import { idSetting, settings, textSetting } from './settings.ts'

interface Compiled {
  readonly text: CompiledText | undefined
}

/** Closes the conversation; in a called flow it goes back to the caller (rule 22). */
export const end = defineBlock({
  type: 'end',
  group: 'finish',
  title: 'End',
  purpose: 'Ends the conversation with an outcome that the statistics count.',
  schema: settings({
    text: Type.Optional(textSetting({ title: 'Last message', description: 'Said before the conversation closes. If empty, nothing is said.' })),
    outcome: Type.Optional(
      idSetting({ title: 'Outcome', description: 'How it ended, like “sold” or “answered”; “done” if empty. The statistics count outcomes.' }),
    ),
  }),
  example: { type: 'end', text: 'Thank you, goodbye!', outcome: 'answered' },
  exits: () => [],
  compile: (block, compiler): Compiled => ({ text: compiler.text(block.text, '/text') }),
  run(block, turn, { text }) {
    if (text) turn.send({ text: turn.say(text) })
    return { type: 'finish', outcome: block.outcome ?? 'done', why: '' }
  },
})
