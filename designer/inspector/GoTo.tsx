import { type ReactNode, useEffect, useRef } from 'react'
import { focusSetting, forgetWish, useWish } from './go-to.ts'

/** Puts the cursor where somebody wants to go; beside the form, so that it comes when the form is there. Without a block it is the flow's. */
export function GoTo({ block }: { readonly block: string | undefined }): ReactNode {
  const wish = useWish()
  const here = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    if (!wish || wish.block !== block) return
    const body = here.current?.parentElement
    if (body) focusSetting(body, wish.at)
    forgetWish()
  }, [wish, block])
  return <span ref={here} hidden />
}
