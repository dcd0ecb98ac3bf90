/** What others may use of the languages people write in, by name. */

export { cleanText, normalise, tokens } from './normalise.ts'
export { type CompiledPattern, compilePattern, type Pattern } from './patterns.ts'
export { cutAt, splitText } from './split.ts'
export { type CompiledTemplate, compileTemplate, type Scope, type Template } from './templates.ts'
export { compileWords, type WordCase, type WordMatch, type WordMatcher } from './words.ts'
