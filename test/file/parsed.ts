/** A copy as JSON gives it, of the type the test says it is. */
export function parsed<T>(value: unknown): T {
  return JSON.parse(JSON.stringify(value))
}
