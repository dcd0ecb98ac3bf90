/** Languages by their names: problems, reasons and the designer say the same. */

const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' })

/** "German" for `de`; the code itself for one that nobody knows. */
export function languageName(code: string): string {
  try {
    return names.of(code) ?? code
  } catch {
    return code
  }
}
