import type { ReactNode } from 'react'
import type { JsonSchema } from '../../server/engine/index.ts'
import { words } from '../words/en.ts'
import {
  ChoiceSetting,
  DurationSetting,
  LeadsOn,
  NumberSetting,
  PlainSetting,
  Section,
  SwitchSetting,
  schemaAt,
  TextSetting,
  useFormScope,
} from './fields/index.ts'

/** A form made of the schema, for a block type that has none of its own yet. Lists and parts are edited as JSON elsewhere. */
export function GenericForm(): ReactNode {
  const { block } = useFormScope()
  const properties = Object.entries(schemaAt(block.type, '').properties ?? {})
  return (
    <>
      {properties.length > 0 && (
        <Section title={words.inspector.content} texts>
          {properties.map(([key, schema]) => (
            <GenericSetting key={key} at={`/${key}`} schema={schema} />
          ))}
        </Section>
      )}
      <LeadsOn />
    </>
  )
}

function GenericSetting({ at, schema }: { readonly at: string; readonly schema: JsonSchema }): ReactNode {
  if (schema.enum)
    return <ChoiceSetting at={at} labels={Object.fromEntries(['', ...schema.enum.map(String)].map(value => [value, value.replaceAll('_', ' ')]))} fallback="" />
  if (schema.type === 'boolean') return <SwitchSetting at={at} />
  if (schema.type === 'number' || schema.type === 'integer') return <NumberSetting at={at} />
  if (schema.type === 'string') return schema.examples?.includes('10 min') ? <DurationSetting at={at} /> : <PlainSetting at={at} />
  // A text for contacts is one for all languages or one a language.
  return schema.anyOf?.[0]?.type === 'string' ? <TextSetting at={at} /> : null
}
