import type { ReactNode } from 'react'
import { ChecksSetting, LeadsOn, Section } from '../../inspector/fields/index.ts'
import { words } from '../../words/en.ts'

/** The causes it is limited to. */
export function Form(): ReactNode {
  return (
    <>
      <Section title={words.inspector.content}>
        <ChecksSetting at="/causes" label={words.inspector.onError.causes} labels={words.inspector.onError.causeNames} help={false} />
        <p className="field-help">{words.inspector.onError.allWithoutChoice}</p>
      </Section>
      <LeadsOn />
    </>
  )
}
