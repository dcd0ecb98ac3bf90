/** What others may use of the inspector. */
export { goToSetting } from './go-to.ts'
export { Inspector } from './Inspector.tsx'
export { chooseLanguage } from './language-store.ts'
export { preloadFields } from './preload-fields.ts'
export { useFlow } from './use-flow.ts'
