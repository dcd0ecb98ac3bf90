/**
 * What a running flow needs of the heavy part of this folder: calendars, telephone numbers, languages, intents. A compiled flow brings
 * it along, so that the definitions of the blocks can be read without it, as the designer and the linter do.
 */
import { findEntities, readPhone } from './answers.ts'
import { isoIn } from './date-filter.ts'
import { nextTime, readDate } from './dates.ts'
import { classifyIntent } from './intents.ts'
import { detectLanguage } from './language.ts'

/** What blocks find in `turn.tools`. */
export interface LanguageTools {
  readonly classifyIntent: typeof classifyIntent
  readonly detectLanguage: typeof detectLanguage
  readonly findEntities: typeof findEntities
  readonly isoIn: typeof isoIn
  readonly nextTime: typeof nextTime
  readonly readDate: typeof readDate
  readonly readPhone: typeof readPhone
}

/** The one set of tools. */
export const LANGUAGE_TOOLS: LanguageTools = { classifyIntent, detectLanguage, findEntities, isoIn, nextTime, readDate, readPhone }
