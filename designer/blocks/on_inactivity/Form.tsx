import type { ReactNode } from 'react'
import { DurationSetting, LeadsOn, Section } from '../../inspector/fields/index.ts'
import { words } from '../../words/en.ts'

/** How long the silence is. */
export function Form(): ReactNode {
  return (
    <>
      <Section title={words.inspector.content}>
        <DurationSetting at="/after" required />
      </Section>
      <LeadsOn />
    </>
  )
}
