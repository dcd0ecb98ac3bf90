/** Pieces of settings that several block types share, so that they look and read alike in every form. */
import type { TProperties, TSchemaOptions } from 'typebox'
import { DURATION_PATTERN } from '../language/index.ts'
import { Type } from './setting-type.ts'

const ID = '^[a-z][a-z0-9_]{0,39}$'
const LANGUAGE = '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'

/** The settings of a block type; unknown keys are refused. */
export const settings = <P extends TProperties>(properties: P) => Type.Object(properties, { additionalProperties: false })

/** An object inside the settings, with its title and description. */
export const part = <P extends TProperties>(properties: P, options: TSchemaOptions) => Type.Object(properties, { ...options, additionalProperties: false })

/** A stable name: of a case, a choice, an intent, a variable. */
export const idSetting = (options: TSchemaOptions) => Type.String({ pattern: ID, ...options })

/** A text for all languages or one a language; may be empty while it is being written. */
export const textSetting = (options: TSchemaOptions) =>
  Type.Union(
    [
      Type.String({ title: 'For all languages' }),
      Type.Record(Type.String({ pattern: LANGUAGE }), Type.String(), { title: 'By language', additionalProperties: false }),
    ],
    options,
  )

/** Words for all languages or a list a language; may be empty while they are being written. */
export const wordsSetting = (options: TSchemaOptions) =>
  Type.Union(
    [
      Type.Array(Type.String(), { title: 'For all languages' }),
      Type.Record(Type.String({ pattern: LANGUAGE }), Type.Array(Type.String()), { title: 'By language', additionalProperties: false }),
    ],
    options,
  )

/** A duration as people write it: `90 s`, `10 min`, `2 h`, `3 days`. */
export const durationSetting = (options: TSchemaOptions) => Type.String({ pattern: DURATION_PATTERN, examples: ['10 min', '2 h'], ...options })

/** One of a few fixed words. */
export const choiceSetting = <const Values extends string[]>(values: readonly [...Values], options: TSchemaOptions) => Type.Enum([...values], options)

/** A language code. */
export const languageSetting = (options: TSchemaOptions) => Type.String({ pattern: LANGUAGE, ...options })

/** Several language codes. */
export const languagesSetting = (options: TSchemaOptions) => Type.Array(Type.String({ pattern: LANGUAGE }), options)

/** Settings of blocks that wait for the contact. */
export const waiting = {
  timeout: Type.Optional(
    durationSetting({
      title: 'Give up after',
      description: 'After this the flow leaves by “timeout”. Empty: no limit.',
    }),
  ),
  no_interrupt: Type.Optional(
    Type.Boolean({ title: 'Do not interrupt', description: 'Words of an “On keyword” entry do not interrupt this wait: they are answers like any other.' }),
  ),
}

/** How long a block that reads the current message waits for one when there is none (rule 9). */
export const readingTimeout = Type.Optional(
  durationSetting({
    title: 'Give up after',
    description: 'When there is no message to read, the block waits for one: this long. After this the flow leaves by “timeout”. Empty: no limit.',
  }),
)

/** Settings of blocks that ask something. */
export const asking = {
  accept_earlier: Type.Optional(
    Type.Boolean({
      title: 'Accept earlier messages',
      description: 'Takes a message that came before the question was asked. Switched off, what came earlier is no answer and is dropped.',
    }),
  ),
}

/** How often a wrong answer is asked for again. */
export const retriesSetting = (times: number, after: string) =>
  Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 10,
      title: 'Ask again',
      description: `How often a wrong answer is asked for again, ${times} if empty. After that the flow leaves by “${after}”.`,
    }),
  )

/** What is said when an answer does not fit. */
export const hintSetting = Type.Optional(
  textSetting({ title: 'Hint', description: 'Said when the answer does not fit, before it is awaited again. If empty, the question is said again.' }),
)

/** Joins a burst of short messages into one (rule 11). */
export const mergeSetting = Type.Optional(
  part(
    {
      quiet: durationSetting({ title: 'Quiet time', description: 'The message is complete when nothing more comes for this long, like 3 s.' }),
      at_most: Type.Optional(
        durationSetting({ title: 'At most', description: 'After this long the message is complete in any case; 60 s if empty, and never more.' }),
      ),
    },
    {
      title: 'Join a burst',
      description: 'People write in several short messages. Joins them into one, line by line: at most 10 parts and 16 kB.',
    },
  ),
)

/** The variable that takes what was said. */
export const variableSetting = (description: string) => Type.Optional(idSetting({ title: 'Store in', description }))
