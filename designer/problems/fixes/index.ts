/** What others may use of the fixes. */
export { connectAll, insertInto } from './connections.ts'
export type { Fix, FixChoices, Setting } from './fix.ts'
export { fixOf } from './fixers.ts'
export { missingLanguage } from './names.ts'
export { useFix, useMend } from './use-mend.ts'
