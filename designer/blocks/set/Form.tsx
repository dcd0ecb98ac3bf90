import { NativeSelect } from '@mantine/core'
import type { ReactNode } from 'react'
import { languageName } from '../../../server/engine/index.ts'
import { Field, Fold, LeadsOn, ListSetting, NumberSetting, Section, useFormScope } from '../../inspector/fields/index.ts'
import { words } from '../../words/en.ts'
import { readString } from '../gist/index.ts'
import { Values } from './Values.tsx'

/** Fields that every contact has. */
const KNOWN_FIELDS = ['name', 'first_name', 'last_name', 'phone', 'email'] as const

/** What is remembered. */
export function Form(): ReactNode {
  const { block, flow, set, readOnly } = useFormScope()
  const language = readString(block.language)
  return (
    <>
      <Section title={words.inspector.set.variables}>
        <Values at="/variables" declared={flow.variables ?? {}} offered={Object.keys(flow.variables ?? {})} />
      </Section>
      <Section title={words.inspector.set.contact}>
        <Values at="/contact" declared={flow.contact_fields ?? {}} offered={[...KNOWN_FIELDS, ...Object.keys(flow.contact_fields ?? {})]} />
      </Section>
      <Section title={words.inspector.set.conversation}>
        <ListSetting at="/add_tags" add={words.inspector.set.tag} />
        <Fold title={words.inspector.more} open={language !== '' || block.priority !== undefined || block.remove_tags !== undefined}>
          <ListSetting at="/remove_tags" add={words.inspector.set.tag} help={false} />
          <Field label={words.inspector.set.language}>
            {ids => (
              <NativeSelect
                {...ids}
                value={language}
                disabled={readOnly}
                data={[
                  { value: '', label: words.inspector.set.sameLanguage },
                  ...[...new Set([...flow.languages, ...(language === '' ? [] : [language])])].map(value => ({ value, label: languageName(value) })),
                ]}
                onChange={event => set('/language', event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
              />
            )}
          </Field>
          <NumberSetting at="/priority" />
        </Fold>
      </Section>
      <LeadsOn />
    </>
  )
}
