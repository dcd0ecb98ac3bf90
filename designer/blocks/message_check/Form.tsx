import { NativeSelect } from '@mantine/core'
import type { ReactNode } from 'react'
import {
  ChecksSetting,
  DurationSetting,
  Field,
  Fold,
  LeadsOn,
  ListSetting,
  NumberSetting,
  Section,
  SwitchLine,
  TryOut,
  useFormScope,
} from '../../inspector/fields/index.ts'
import { words } from '../../words/en.ts'
import { isSettings } from '../gist/index.ts'

/** A length that a new limit begins with: the text of one Telegram message. */
const USUAL_LIMIT = 4096

/** What a message has to be. */
export function Form(): ReactNode {
  const { block, set, readOnly } = useFormScope()
  const { attachments } = block
  const refusesAll = isSettings(attachments) && Array.isArray(attachments.allow) && attachments.allow.length === 0
  const isFixed = typeof block.max_length === 'number'
  return (
    <>
      <Section title={words.inspector.check.length}>
        <Field label={words.inspector.check.longest}>
          {ids => (
            <NativeSelect
              {...ids}
              value={isFixed ? 'fixed' : 'channel'}
              disabled={readOnly}
              data={Object.entries(words.inspector.check.limits).map(([value, label]) => ({ value, label }))}
              onChange={event => set('/max_length', event.currentTarget.value === 'fixed' ? USUAL_LIMIT : 'channel')}
            />
          )}
        </Field>
        {isFixed && <NumberSetting at="/max_length" label={words.inspector.check.characters} required />}
        <NumberSetting at="/min_length" />
      </Section>
      <Section title={words.inspector.check.files}>
        <SwitchLine label={words.inspector.check.checkFiles} checked={attachments !== undefined} onChange={on => set('/attachments', on ? {} : undefined)} />
        {attachments !== undefined && (
          <>
            <SwitchLine label={words.inspector.check.refuseAll} checked={refusesAll} onChange={on => set('/attachments/allow', on ? [] : undefined)} />
            {!refusesAll && <ChecksSetting at="/attachments/allow" labels={words.inspector.check.kinds} />}
            <NumberSetting at="/attachments/max_size" unit="MB" />
          </>
        )}
      </Section>
      <Section title={words.inspector.options}>
        <ListSetting at="/languages" add={words.inspector.language} placeholder="en" check={wrongLanguage} />
        <Fold title={words.inspector.more} open={block.timeout !== undefined}>
          <DurationSetting at="/timeout" />
        </Fold>
      </Section>
      <TryOut placeholder={words.inspector.check.try} />
      <LeadsOn />
    </>
  )
}

function wrongLanguage(code: string): string | undefined {
  return /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(code) ? undefined : words.inspector.wrongLanguage
}
