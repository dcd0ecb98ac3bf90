import type { ReactNode } from 'react'
import {
  DurationSetting,
  Fold,
  NumberSetting,
  OtherExits,
  Preview,
  Section,
  SwitchSetting,
  TextSetting,
  TryOut,
  useFormScope,
  VariableSetting,
} from '../../inspector/fields/index.ts'
import { words } from '../../words/en.ts'
import { Choices } from '../choices/index.ts'
import { readList, readString } from '../gist/index.ts'

/** The question and its choices. */
export function Form(): ReactNode {
  const { block } = useFormScope()
  const choices = readList(block.choices)
  const shape = { kind: 'text', buttons: choices.length, hasUrl: choices.some(({ url }) => url !== undefined) } as const
  return (
    <>
      <Section title={words.inspector.content} texts>
        <TextSetting at="/text" placeholder={words.inspector.menu.example} help={false} shape={shape} />
        <Preview />
      </Section>
      <Section title={words.inspector.menu.choices}>
        <Choices at="/choices" withExits />
        <OtherExits shown={choices.map(({ id }) => readString(id))} />
      </Section>
      <Section title={words.inspector.waiting}>
        <DurationSetting at="/timeout" />
        <NumberSetting at="/retries" label={words.inspector.retries} unit={words.inspector.times} placeholder="0" />
        <TextSetting at="/hint" />
        <Fold title={words.inspector.more} open={block.variable !== undefined || block.reusable === true || block.no_interrupt === true}>
          <VariableSetting at="/variable" type="text" />
          <SwitchSetting at="/reusable" />
          <SwitchSetting at="/accept_earlier" />
          <SwitchSetting at="/no_interrupt" />
        </Fold>
      </Section>
      <TryOut placeholder={words.inspector.menu.try} />
    </>
  )
}
