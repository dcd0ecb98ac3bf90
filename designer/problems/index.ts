/** What others may use of the problems. */
export { Problems } from './Problems.tsx'
