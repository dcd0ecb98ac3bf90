import { type ReactNode, useMemo } from 'react'
import { useDraft } from '../draft/index.ts'
import { words } from '../words/en.ts'
import { Declarations } from './Declarations.tsx'
import { AreaField, Field, LanguagePicker, LineField, SearchSelect, Section } from './fields/index.ts'
import { GoTo } from './GoTo.tsx'
import { Intents } from './Intents.tsx'
import { Languages } from './Languages.tsx'
import { chooseLanguage, useLanguage } from './language-store.ts'
import { useFlow } from './use-flow.ts'

/** The inspector when nothing is chosen: what counts for the whole flow. */
export function FlowPanel(): ReactNode {
  const flow = useFlow()
  const edit = useDraft(draft => draft.edit)
  const readOnly = useDraft(draft => draft.readOnly)
  const language = useLanguage(flow.languages)
  return (
    <div className="inspector">
      <header className="inspector-head">
        <h2>{words.inspector.flow.title}</h2>
      </header>
      <div className="inspector-body">
        <GoTo block={undefined} />
        <p className="inspector-purpose">{words.inspector.flow.purpose}</p>
        <Section title={words.inspector.flow.general}>
          <LineField
            label={words.inspector.name}
            readOnly={readOnly}
            value={flow.name}
            print={name => name}
            read={name => (name.trim() === '' ? { ok: false, wrong: words.inspector.flow.needsName } : { ok: true, value: name.trim().slice(0, 120) })}
            save={name => edit(now => ({ ...now, name }), 'flow/name')}
          />
          <Languages />
          <TimeZone />
        </Section>
        <Section title={words.inspector.flow.variables}>
          <Declarations what="variables" />
        </Section>
        <Section
          title={words.inspector.flow.intents}
          end={<LanguagePicker languages={flow.languages} language={language} onChoose={chooseLanguage} lacks={code => lacksPhrases(flow.intents, code)} />}
        >
          <Intents />
        </Section>
        <Section title={words.inspector.flow.fields}>
          <Declarations what="contact_fields" />
        </Section>
        <Section title={words.inspector.note}>
          <AreaField
            label={words.inspector.note}
            hideLabel
            placeholder={words.inspector.notePlaceholder}
            readOnly={readOnly}
            value={flow.note ?? ''}
            save={note => edit(({ note: _old, ...now }) => (note === '' ? now : { ...now, note }), 'flow/note')}
          />
        </Section>
      </div>
    </div>
  )
}

function lacksPhrases(
  intents: Readonly<Record<string, { readonly phrases: Readonly<Record<string, readonly string[]>> }>> | undefined,
  language: string,
): boolean {
  return Object.values(intents ?? {}).some(({ phrases }) => !phrases[language]?.length && Object.values(phrases).some(list => list.length > 0))
}

function TimeZone(): ReactNode {
  const zone = useDraft(draft => draft.flow.time_zone)
  const edit = useDraft(draft => draft.edit)
  const readOnly = useDraft(draft => draft.readOnly)
  const zones = useMemo(
    () => [...new Set(['UTC', ...(zone === undefined ? [] : [zone]), ...Intl.supportedValuesOf('timeZone')])].map(value => ({ value, label: value })),
    [zone],
  )
  return (
    <Field label={words.inspector.flow.timeZone} help={words.inspector.flow.timeZoneHelp}>
      {ids => (
        <SearchSelect
          {...ids}
          value={zone ?? 'UTC'}
          data={zones}
          limit={60}
          allowDeselect={false}
          disabled={readOnly}
          nothingFoundMessage={words.inspector.flow.noTimeZone}
          onChange={next => next !== null && edit(({ time_zone: _old, ...now }) => (next === 'UTC' ? now : { ...now, time_zone: next }))}
        />
      )}
    </Field>
  )
}
