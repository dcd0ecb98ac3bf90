/** What the call about the live version answers. */
import Type, { type Static } from 'typebox'

const strict = { additionalProperties: false }
const Count = (description: string) => Type.Integer({ minimum: 0, description })

/** How far back to count, until now. */
export const LiveQuery = Type.Object(
  { range: Type.Optional(Type.Union([Type.Literal('hour'), Type.Literal('day'), Type.Literal('week')], { default: 'day' })) },
  strict,
)

/** What conversations did on the live version of a flow. Each conversation counts once, however often it came by. */
export const LiveAnswer = Type.Object(
  {
    version: Type.Union([Type.Integer(), Type.Null()], { description: 'The live version; null while none is.' }),
    range: Type.Union([Type.Literal('hour'), Type.Literal('day'), Type.Literal('week')]),
    since: Type.Integer({ description: 'Milliseconds since 1970; counted in spans of ten minutes for an hour, of an hour for a day and a week.' }),
    conversations: Count('Conversations that moved on this version since then.'),
    waits_on_other_versions: Count('Conversations that wait now on a version that is no longer live.'),
    blocks: Type.Record(
      Type.String(),
      Type.Object(
        {
          came: Count('Conversations that entered the block.'),
          left_here: Count('Conversations whose session ended in the block without an exit: gone, expired, closed, taken over.'),
          waits_now: Count('Conversations that wait in the block now, whenever they came.'),
          exits: Type.Record(Type.String(), Count('Conversations that left by this exit.')),
        },
        strict,
      ),
      { description: 'By block; blocks that nobody came to are absent.' },
    ),
  },
  { title: 'Live', ...strict },
)

export type LiveAnswer = Static<typeof LiveAnswer>
