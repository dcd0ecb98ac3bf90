import type { ReactNode } from 'react'
import { ChoiceSetting, Fold, LeadsOn, Preview, Section, TextSetting, useFormScope } from '../../inspector/fields/index.ts'
import { words } from '../../words/en.ts'
import { saysSomething } from '../gist/index.ts'

/** The greeting and its variants. */
export function Form(): ReactNode {
  const { block } = useFormScope()
  const hasVariants = [block.returning, block.morning, block.afternoon, block.evening].some(saysSomething)
  return (
    <>
      <Section title={words.inspector.content} texts>
        <TextSetting at="/text" placeholder={words.inspector.greeting.example} rows={3} />
        <Preview />
      </Section>
      <Section title={words.inspector.options}>
        <ChoiceSetting at="/once" labels={words.inspector.greeting.once} fallback="conversation" help={false} />
        <Fold title={words.inspector.greeting.variants} open={hasVariants}>
          <TextSetting at="/returning" />
          <TextSetting at="/morning" />
          <TextSetting at="/afternoon" />
          <TextSetting at="/evening" />
        </Fold>
      </Section>
      <LeadsOn />
    </>
  )
}
