/** What others may use of the inspector. */
export { Inspector } from './Inspector.tsx'
