/** What others may use of the versions, by name. */
export { CodePanel } from './CodePanel.tsx'
export { PublishDialog } from './PublishDialog.tsx'
export { Versions } from './Versions.tsx'
