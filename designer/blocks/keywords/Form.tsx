import type { ReactNode } from 'react'
import {
  AddLine,
  CardName,
  Cards,
  DurationSetting,
  Fold,
  freshId,
  listAt,
  OtherExits,
  PatternsSetting,
  RESERVED_EXITS,
  Section,
  SwitchSetting,
  TryOut,
  useFormScope,
  WordsSetting,
  withValue,
  withWords,
} from '../../inspector/fields/index.ts'
import { words } from '../../words/en.ts'
import { readList, readString, strings } from '../gist/index.ts'

/** Cases with their words, and a line to try a sentence. */
export function Form(): ReactNode {
  const { block, flow, language, change } = useFormScope()
  const cases = readList(block.cases)
  const ids = cases.map(({ id }) => readString(id))
  const add = (typed: string) => {
    const listed = typed
      .split(',')
      .map(word => word.trim())
      .filter(word => word !== '')
    const entry = { id: freshId(listed[0] ?? '', [...ids, ...RESERVED_EXITS], 'case'), words: withWords(undefined, language, listed, flow.languages) }
    change(now => withValue(now, `/cases/${listAt(now, '/cases').length}`, entry))
  }
  return (
    <>
      <Section title={words.inspector.keywords.cases} texts>
        <Cards
          at="/cases"
          cards={cases.map((each, place) => ({
            name: readString(each.id).replaceAll('_', ' '),
            exit: readString(each.id),
            title: <CardName list="/cases" at={`/cases/${place}`} />,
            body: (
              <>
                <WordsSetting at={`/cases/${place}/words`} bare />
                <Fold title={words.inspector.keywords.patterns} open={strings(each.patterns).length > 0} late>
                  <PatternsSetting at={`/cases/${place}/patterns`} add={words.inspector.keywords.pattern} />
                </Fold>
              </>
            ),
          }))}
        />
        <AddLine label={words.inspector.keywords.add} placeholder={words.inspector.keywords.addHint} onAdd={add} />
        <OtherExits shown={ids} />
      </Section>
      <Section title={words.inspector.options}>
        <SwitchSetting at="/typos" onByDefault />
        <DurationSetting at="/timeout" help={false} />
      </Section>
      <TryOut placeholder={words.inspector.keywords.try} />
    </>
  )
}
