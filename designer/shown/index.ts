/** Published flows to be looked at: their files, and a canvas that nothing can be changed on. */
export { ShownFlow } from './ShownFlow.tsx'
export { useVersion } from './use-version.ts'
