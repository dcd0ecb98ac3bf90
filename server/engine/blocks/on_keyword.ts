import { defineBlock, leave } from './block.ts'
import { noWords } from './problems.ts'
import { quoted } from './quoted.ts'
import { Type } from './setting-type.ts'
import { settings, wordsSetting } from './settings.ts'

/** Starts at any point when certain words are said. The engine looks for the words (rule 19); entering it only goes on. */
export const onKeyword = defineBlock({
  type: 'on_keyword',
  group: 'entries',
  title: 'On keyword',
  purpose: 'Starts whenever the contact says certain words or a command, also while another block waits for an answer.',
  entry: true,
  schema: settings({
    words: wordsSetting({
      title: 'Words',
      description: 'Words, phrases or commands like /help. The whole message must be one of them, apart from case and accents.',
    }),
    anywhere: Type.Optional(Type.Boolean({ title: 'Anywhere in the message', description: 'The words may also stand inside a longer message.' })),
    while_queued: Type.Optional(
      Type.Boolean({ title: 'Also in a queue', description: 'Also works while the contact waits for an agent. The place in the queue is kept.' }),
    ),
  }),
  example: { type: 'on_keyword', words: ['/help', 'help'], exits: { next: 'help_text' } },
  exits: () => [{ name: 'next', needed: false }],
  run: (_block, turn) => leave('next', turn.message ? `The contact said ${quoted(turn.message.text)}` : ''),
  lint: (block, view) => noWords(view, block.words, '/words', 'This entry'),
})
