/** `invalid_template` and `invalid_pattern`: what could not be compiled. */
import { blockProblem, eachBlock } from './view.ts'

const HINTS = {
  invalid_template: 'Check the braces and names, like {{ contact.first_name }}.',
  invalid_pattern: 'Use a pattern without look-around and back-references.',
} as const

/** Every template and pattern that cannot be read. */
export const templates = eachBlock(linted =>
  linted.recording.mistakes.map(mistake =>
    blockProblem(linted, mistake.code, 'error', mistake.at, `${linted.name}: ${mistake.message}`, { hint: HINTS[mistake.code] }),
  ),
)
