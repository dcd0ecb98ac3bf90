import type { ReactNode } from 'react'
import {
  ChoiceSetting,
  DurationSetting,
  Fold,
  LeadsOn,
  NumberSetting,
  PlainSetting,
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

/** The question, what counts as an answer, and what happens without one. */
export function Form(): ReactNode {
  const { block } = useFormScope()
  const answer = readString(block.answer) || 'text'
  const buttons = answer === 'choice' ? readList(block.choices).length : 0
  return (
    <>
      <Section title={words.inspector.content} texts>
        <TextSetting at="/text" placeholder={words.inspector.question.example} rows={2} help={false} shape={{ kind: 'text', buttons }} />
        <Preview />
        <ChoiceSetting at="/answer" label={words.inspector.question.answer} labels={words.blocks.answers} fallback="text" help={false} />
        <AnswerRules answer={answer} />
        <VariableSetting at="/variable" type={answer === 'number' ? 'number' : answer === 'date' ? 'date' : 'text'} />
      </Section>
      {answer === 'choice' && (
        <Section title={words.inspector.menu.choices}>
          <Choices at="/choices" />
        </Section>
      )}
      <Section title={words.inspector.question.wrong}>
        <NumberSetting at="/retries" label={words.inspector.retries} unit={words.inspector.times} placeholder="2" />
        <TextSetting at="/hint" />
      </Section>
      <Waiting />
      <TryOut placeholder={words.inspector.question.try} />
      <LeadsOn />
    </>
  )
}

function AnswerRules({ answer }: { readonly answer: string }): ReactNode {
  if (answer === 'pattern') return <PlainSetting at="/pattern" placeholder="[A-Z]{2}\d{6}" />
  if (answer !== 'text' && answer !== 'number') return null
  return (
    <div className="field-pair">
      <NumberSetting at="/min" label={answer === 'text' ? words.inspector.question.least : undefined} help={false} />
      <NumberSetting at="/max" label={answer === 'text' ? words.inspector.question.most : undefined} help={false} />
    </div>
  )
}

function Waiting(): ReactNode {
  const { block } = useFormScope()
  return (
    <Section title={words.inspector.waiting}>
      <DurationSetting at="/timeout" />
      <Fold title={words.inspector.more} open={block.merge !== undefined || block.accept_earlier === true || block.no_interrupt === true}>
        <DurationSetting at="/merge/quiet" whole="/merge" label={words.inspector.merge} placeholder="3 s" />
        <SwitchSetting at="/accept_earlier" />
        <SwitchSetting at="/no_interrupt" />
      </Fold>
    </Section>
  )
}
