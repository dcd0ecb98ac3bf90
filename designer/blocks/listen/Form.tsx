import type { ReactNode } from 'react'
import { DurationSetting, Fold, LeadsOn, Section, SwitchSetting, useFormScope, VariableSetting } from '../../inspector/fields/index.ts'
import { words } from '../../words/en.ts'

/** How long it listens, how a burst is joined, where the text goes. */
export function Form(): ReactNode {
  const { block } = useFormScope()
  return (
    <>
      <Section title={words.inspector.waiting}>
        <DurationSetting at="/timeout" />
        <DurationSetting at="/merge/quiet" whole="/merge" label={words.inspector.merge} placeholder={words.inspector.notJoined} />
        {block.merge !== undefined && <DurationSetting at="/merge/at_most" placeholder="60 s" />}
      </Section>
      <Section title={words.inspector.options}>
        <VariableSetting at="/variable" type="text" />
        <Fold title={words.inspector.more} open={block.no_interrupt === true}>
          <SwitchSetting at="/no_interrupt" />
        </Fold>
      </Section>
      <LeadsOn />
    </>
  )
}
