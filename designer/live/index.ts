/** What others may use of the live view; the editor loads the view itself by its own file. */
export { ShownFlow } from './ShownFlow.tsx'
export { useVersion } from './use-version.ts'
