import type { ReactNode } from 'react'
import {
  AddLine,
  CardName,
  Cards,
  DurationSetting,
  Fold,
  freshId,
  listAt,
  NumberSetting,
  OtherExits,
  Preview,
  RESERVED_EXITS,
  Section,
  SwitchSetting,
  TextSetting,
  TryOut,
  useFormScope,
  VariableSetting,
  withValue,
} from '../../inspector/fields/index.ts'
import { words } from '../../words/en.ts'
import { readList, readNumber, readString } from '../gist/index.ts'

/** The question, the scale and its bands. */
export function Form(): ReactNode {
  const { block, change } = useFormScope()
  const bands = readList(block.bands)
  const ids = bands.map(({ id }) => readString(id))
  const [lowest, highest] = [readNumber(block.from) ?? 1, readNumber(block.to) ?? 5]
  const add = (name: string) => {
    // It takes what no band has yet, so that a band added last is right at once.
    const free = Array.from({ length: Math.max(1, highest - lowest + 1) }, (_, index) => lowest + index).filter(
      rating => !bands.some(({ from, to }) => rating >= (readNumber(from) ?? 0) && rating <= (readNumber(to) ?? 0)),
    )
    const band = { id: freshId(name, [...ids, ...RESERVED_EXITS], 'band'), from: free[0] ?? highest, to: free.at(-1) ?? highest }
    change(now => withValue(now, `/bands/${listAt(now, '/bands').length}`, band))
  }
  return (
    <>
      <Section title={words.inspector.content} texts>
        <TextSetting at="/text" placeholder={words.inspector.rate.example} help={false} shape={{ kind: 'text', buttons: highest - lowest + 1 }} />
        <Preview />
        <div className="field-pair">
          <NumberSetting at="/from" help={false} placeholder="1" />
          <NumberSetting at="/to" help={false} placeholder="5" />
        </div>
      </Section>
      <Section title={words.inspector.rate.bands}>
        <Cards
          at="/bands"
          cards={ids.map((id, place) => ({
            name: id.replaceAll('_', ' '),
            exit: id,
            title: <CardName list="/bands" at={`/bands/${place}`} />,
            body: (
              <div className="field-pair">
                <NumberSetting at={`/bands/${place}/from`} required help={false} />
                <NumberSetting at={`/bands/${place}/to`} required help={false} />
              </div>
            ),
          }))}
        />
        <AddLine label={words.inspector.rate.add} placeholder={words.inspector.rate.addHint} onAdd={add} />
        <OtherExits shown={ids} />
      </Section>
      <Section title={words.inspector.waiting}>
        <DurationSetting at="/timeout" />
        <Fold title={words.inspector.more} open={block.variable !== undefined}>
          <VariableSetting at="/variable" type="number" />
          <NumberSetting at="/retries" label={words.inspector.retries} unit={words.inspector.times} placeholder="1" />
          <SwitchSetting at="/accept_earlier" />
          <SwitchSetting at="/no_interrupt" />
        </Fold>
      </Section>
      <TryOut placeholder="4" />
    </>
  )
}
