/** What the editor needs of the versions at once; the view itself and the code panel are loaded by their own files. */
export { PublishDialog, PublishWindow } from './PublishDialog.tsx'
