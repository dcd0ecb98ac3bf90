/** The release of Parley that this engine belongs to; a test keeps it equal to package.json. */
export const RELEASE = '0.1.0'

/** Whether a release, like 0.2.0, is newer than this one. */
export function isNewerRelease(release: string): boolean {
  const ours = RELEASE.split('.').map(Number)
  const theirs = release.split('.').map(Number)
  for (let i = 0; i < ours.length; i++) {
    const difference = (theirs[i] ?? 0) - (ours[i] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return false
}
