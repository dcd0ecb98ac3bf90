/** What others may use of the fixes. */
export type { Fix, Setting } from './fix.ts'
export { fixOf } from './fixers.ts'
export { missingLanguage } from './names.ts'
export { useFix, useMend } from './use-mend.ts'
