/** What others may use of the settings. */
export { SettingsPage } from './SettingsPage.tsx'
