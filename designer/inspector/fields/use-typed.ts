/** A field that is typed in: what is typed is kept here, and enters the draft with each key if it can be read. */
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

/** What cannot be read is said after this long, ms: half a number is no mistake yet. */
const COMPLAIN_AFTER_MS = 400

/** What was typed, as a value or as a sentence about what is expected. */
export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly wrong: string }

/** How a field shows, reads and saves its value. */
export interface TypedOptions<T> {
  readonly value: T
  print(value: T): string
  read(typed: string): Read<T>
  save(value: T): void
  /** Enters the draft when the field is left, not while typing: a name that is used elsewhere. */
  readonly whenLeft?: boolean
}

/** What an input needs. */
export interface Typed {
  readonly text: string
  readonly wrong: string | undefined
  type(text: string): void
  /** Saves now; the field shows the value as the file has it. */
  leave(): void
}

const open = new Set<() => void>()

/** Saves what is still being typed anywhere: the page goes away, or somebody presses a key that needs the draft as it is. */
export function saveTyped(): void {
  for (const save of open) save()
}

/** Keeps a wrong text in the field and out of the draft. */
export function useTyped<T extends string | number | undefined>(options: TypedOptions<T>): Typed {
  const [typed, setTyped] = useState<string>()
  const [wrong, setWrong] = useState<string>()
  const latest = useRef(options)
  const pending = useRef<{ text: string; timer: number } | undefined>(undefined)
  useLayoutEffect(() => {
    latest.current = options
  })

  const save = useCallback(() => {
    const waiting = pending.current
    if (!waiting) return
    window.clearTimeout(waiting.timer)
    pending.current = undefined
    open.delete(save)
    const { read, value, save: keep } = latest.current
    const result = read(waiting.text)
    setWrong(result.ok ? undefined : result.wrong)
    if (result.ok && result.value !== value) keep(result.value)
  }, [])

  useEffect(() => save, [save])

  const { value, print, read } = options
  useEffect(() => {
    // Undo, or an edit elsewhere: what was typed before is no longer what the draft says.
    if (pending.current) return
    setTyped(current => {
      if (current === undefined) return current
      const result = latest.current.read(current)
      return result.ok && result.value === value ? current : undefined
    })
    setWrong(undefined)
  }, [value])

  return {
    text: typed ?? print(value),
    wrong,
    type(text) {
      setTyped(text)
      if (wrong !== undefined && read(text).ok) setWrong(undefined)
      if (pending.current) pending.current.text = text
      else {
        pending.current = { text, timer: options.whenLeft ? 0 : window.setTimeout(save, COMPLAIN_AFTER_MS) }
        open.add(save)
      }
      // The draft joins the keys of one field into one step of undo.
      if (!options.whenLeft && read(text).ok) save()
    },
    leave() {
      save()
      if (typed !== undefined && read(typed).ok) setTyped(undefined)
    },
  }
}

/** Any text is a value. */
export function readAnyText(typed: string): Read<string> {
  return { ok: true, value: typed }
}
