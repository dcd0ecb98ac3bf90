import type { ReactNode } from 'react'
import { IdSetting, Preview, Section, TextSetting } from '../../inspector/fields/index.ts'
import { words } from '../../words/en.ts'

/** The last message and the outcome. */
export function Form(): ReactNode {
  return (
    <Section title={words.inspector.content} texts>
      <TextSetting at="/text" placeholder={words.inspector.end.example} />
      <Preview />
      <IdSetting at="/outcome" placeholder={words.inspector.end.outcome} />
    </Section>
  )
}
