/** Texts of contacts as reasons quote them: short, so that a trace stays readable. */

const MOST_QUOTED = 40

/** `“Good morning”`; a long text is cut. */
export function quoted(text: string): string {
  const line = text.trim()
  return line.length > MOST_QUOTED ? `“${line.slice(0, MOST_QUOTED)}…”` : `“${line}”`
}
