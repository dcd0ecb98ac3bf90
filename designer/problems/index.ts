/** What others may use of the problems. */
export { type Fix, fixOf } from './fixes/index.ts'
export { Problems } from './Problems.tsx'
