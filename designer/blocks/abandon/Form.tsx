import type { ReactNode } from 'react'
import { PlainSetting, Preview, Section, TextSetting } from '../../inspector/fields/index.ts'
import { words } from '../../words/en.ts'

/** The last message and the reason. */
export function Form(): ReactNode {
  return (
    <Section title={words.inspector.content} texts>
      <TextSetting at="/text" placeholder={words.inspector.abandon.example} />
      <Preview />
      <PlainSetting at="/reason" placeholder={words.inspector.abandon.reason} />
    </Section>
  )
}
