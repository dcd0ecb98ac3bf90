/**
 * Every word on screen, in English: one object a part, each in the file of its part. Another language is another file of this shape.
 * A module as one object: each page then loads the words of its own parts only.
 */
import * as words from './parts.ts'

export { words }
