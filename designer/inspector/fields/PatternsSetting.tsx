import type { ReactNode } from 'react'
import { useLateCode } from '../../shell/part.tsx'
import { latePatterns } from './late.ts'
import { ListSetting } from './WordsSetting.tsx'

/** A list of patterns. One that cannot be read is refused as soon as what reads them is there; until then the linter says so. */
export function PatternsSetting({ at, add }: { readonly at: string; readonly add: string }): ReactNode {
  const patterns = useLateCode(latePatterns, true)
  return <ListSetting at={at} add={add} mono commas={false} {...(patterns && { check: patterns.wrongPattern })} />
}
