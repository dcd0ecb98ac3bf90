import { SegmentedControl } from '@mantine/core'
import type { ReactNode } from 'react'
import { HTTP_METHODS } from '../../../server/engine/index.ts'
import {
  ChoiceSetting,
  DurationSetting,
  Fold,
  LeadsOn,
  NumberSetting,
  PlainSetting,
  Section,
  useFormScope,
  VariableSetting,
} from '../../inspector/fields/index.ts'
import { words } from '../../words/en.ts'
import { readList, readString } from '../gist/index.ts'
import { CallText } from './CallText.tsx'
import { Rows } from './Rows.tsx'

const METHODS = Object.fromEntries(HTTP_METHODS.map(method => [method, method]))
const WITH_BODY: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH'])
const REPEATABLE: ReadonlySet<string> = new Set(['GET', 'PUT', 'DELETE'])

/** What is called, what is kept of the answer, and how long to wait for it. */
export function Form(): ReactNode {
  const { block } = useFormScope()
  const method = readString(block.method) || 'GET'
  const say = words.inspector.http
  return (
    <>
      <Section title={say.call}>
        <ChoiceSetting at="/method" labels={METHODS} fallback="GET" help={false} />
        <CallText at="/url" placeholder="https://shop.example.com/orders/{{ vars.order_number }}" rows={2} />
        <Fold title={say.headers} open={readList(block.headers).length > 0}>
          <NameAndValue at="/headers" name={say.header} add={say.addHeader} placeholder="Authorization" />
        </Fold>
        {(WITH_BODY.has(method) || block.body !== undefined) && <Body />}
      </Section>
      <Section title={say.keep}>
        <Rows at="/save" name={say.value} add={say.addValue} fresh={{ path: '', variable: '' }} isPair>
          {at => (
            <>
              <PlainSetting at={`${at}/path`} required placeholder={say.path} help={false} />
              <VariableSetting at={`${at}/variable`} type="text" required help={false} />
            </>
          )}
        </Rows>
        <Fold title={say.example} open={block.example_answer !== undefined}>
          <CallText at="/example_answer" placeholder={'{ "status": "sent" }'} rows={4} optional />
        </Fold>
      </Section>
      <Section title={words.inspector.waiting}>
        <DurationSetting at="/timeout" placeholder="10 s" />
        {REPEATABLE.has(method) && <NumberSetting at="/retries" unit={words.inspector.times} placeholder="2" />}
      </Section>
      <LeadsOn />
    </>
  )
}

function Body(): ReactNode {
  const { block, set, readOnly } = useFormScope()
  const kind = readString(block.body_type) || 'json'
  const say = words.inspector.http
  return (
    <>
      <SegmentedControl
        aria-label={say.body}
        fullWidth
        value={kind}
        disabled={readOnly}
        data={Object.entries(say.bodyTypes).map(([value, label]) => ({ value, label }))}
        onChange={next => set('/body_type', next === 'json' ? undefined : next)}
      />
      {kind === 'form' ? (
        <NameAndValue at="/form" name={say.field} add={say.addField} placeholder="number" />
      ) : (
        <CallText at="/body" placeholder={kind === 'json' ? '{ "number": "{{ vars.order_number }}" }' : ''} rows={4} optional />
      )}
    </>
  )
}

interface NameAndValueProps {
  readonly at: string
  readonly name: string
  readonly add: string
  readonly placeholder: string
}

function NameAndValue({ at: list, name, add, placeholder }: NameAndValueProps): ReactNode {
  return (
    <Rows at={list} name={name} add={add} fresh={{ name: '', value: '' }}>
      {at => (
        <>
          <PlainSetting at={`${at}/name`} required placeholder={placeholder} help={false} />
          <CallText at={`${at}/value`} help={false} />
        </>
      )}
    </Rows>
  )
}
