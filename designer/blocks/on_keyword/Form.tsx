import type { ReactNode } from 'react'
import { LeadsOn, Section, SwitchSetting, WordsSetting } from '../../inspector/fields/index.ts'
import { words } from '../../words/en.ts'

/** The words, and where they count. */
export function Form(): ReactNode {
  return (
    <>
      <Section title={words.inspector.content} texts>
        <WordsSetting at="/words" placeholder={words.inspector.onKeyword.example} />
      </Section>
      <Section title={words.inspector.options}>
        <SwitchSetting at="/anywhere" />
        <SwitchSetting at="/while_queued" />
      </Section>
      <LeadsOn />
    </>
  )
}
