/** Waiting for something to become true, with a deadline that says what did not. */

/** Asks again every few milliseconds until `isTrue` says so; fails after `mostMs`. */
export async function until(what: string, isTrue: () => boolean | Promise<boolean>, mostMs = 60_000): Promise<void> {
  const deadline = performance.now() + mostMs
  while (!(await isTrue())) {
    if (performance.now() > deadline) throw new Error(`It did not happen within ${mostMs} ms: ${what}`)
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}
