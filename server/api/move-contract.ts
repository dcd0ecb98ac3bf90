/** What calls about moving running conversations to another version take and answer. */
import Type, { type Static } from 'typebox'

const strict = { additionalProperties: false }
const Count = (description: string) => Type.Integer({ minimum: 0, description })
const Time = () => Type.Integer({ description: 'Milliseconds since 1970.' })

/** What becomes of the conversations that wait in a block. */
const MoveChoice = Type.Union([Type.Literal('stay'), Type.Literal('move'), Type.Literal('restart')])

/** By waiting block; those of blocks that are not named stay. */
export const MoveChoices = Type.Record(Type.String({ pattern: '^[a-z][a-z0-9_]{0,39}$' }), MoveChoice, {
  description: 'What becomes of running conversations, by the block they wait in: stay on their version (as without a choice), move, or restart.',
})

/** The older version to look ahead to; the draft when it is left out. */
export const PreviewQuery = Type.Object({ version: Type.Optional(Type.Integer({ minimum: 1, description: 'Of a roll back. Left out: the draft.' })) }, strict)

const WaitingBlock = Type.Object(
  {
    block: Type.String(),
    name: Type.String({ description: 'Its label, else its id in words.' }),
    type: Type.String(),
    count: Count('Conversations that wait in the block.'),
    versions: Type.Array(Type.Integer(), { description: 'The versions they run on, newest first.' }),
    there: Type.Union([Type.Literal('same'), Type.Literal('changed'), Type.Literal('gone')], {
      description: 'What the new version has in its place: a block that does the same, a changed one of the same type, or none.',
    }),
    choices: Type.Array(MoveChoice, { description: 'What can be chosen; the first is what happens without a choice.' }),
    move: Type.Object(
      {
        goes_on: Count('Notice nothing.'),
        asks_again: Count('Are asked again.'),
        stays: Count('Cannot move: they, or a wait they were called away from, have no counterpart.'),
      },
      { description: 'What moving would do.', ...strict },
    ),
    restart: Type.Object(
      { starts: Count('Start again.'), stays: Count('Wait for an agent or have one, and are left alone.') },
      { description: 'What starting again would do.', ...strict },
    ),
  },
  { title: 'WaitingBlock', ...strict },
)

/** The dry run of a publication. */
export const PreviewAnswer = Type.Object(
  { version: Type.Integer({ description: 'The number it would get.' }), waiting: Type.Array(WaitingBlock) },
  { title: 'PublishPreview', ...strict },
)

/** A decision about running conversations, and how far it is done. */
export const MoveAnswer = Type.Object(
  {
    id: Type.String(),
    version: Type.Integer({ description: 'The version they go to.' }),
    choices: MoveChoices,
    author: Type.String(),
    total: Count('Conversations it was about when it was decided.'),
    moved: Count('Moved so far.'),
    restarted: Count('Started again so far.'),
    stayed: Count('Left alone: they had gone on meanwhile, or cannot move.'),
    created_at: Time(),
    finished_at: Type.Union([Time(), Type.Null()]),
  },
  { title: 'Move', ...strict },
)

/** Moves one conversation; to the live version when none is named. */
export const MoveBody = Type.Object({ version: Type.Optional(Type.Integer({ minimum: 1 })) }, { title: 'MoveBody', ...strict })

export type MoveChoice = Static<typeof MoveChoice>
export type MoveChoices = Static<typeof MoveChoices>
export type WaitingBlock = Static<typeof WaitingBlock>
export type PreviewAnswer = Static<typeof PreviewAnswer>
export type MoveAnswer = Static<typeof MoveAnswer>
