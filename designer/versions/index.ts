/** What others may use of the versions, by name. */
export { CodePanel } from './CodePanel.tsx'
export { PublishDialog } from './PublishDialog.tsx'
export { saveFlowFile } from './save-file.ts'
export { Versions } from './Versions.tsx'
