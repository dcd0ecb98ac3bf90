import type { ReactNode } from 'react'
import {
  AddLine,
  CardName,
  Cards,
  freshId,
  LeadsOn,
  ListSetting,
  listAt,
  RESERVED_EXITS,
  Section,
  useFormScope,
  withValue,
} from '../../inspector/fields/index.ts'
import { words } from '../../words/en.ts'
import { readList, readString } from '../gist/index.ts'

/** Other ways to begin: links and channels. */
export function Form(): ReactNode {
  const { block, change } = useFormScope()
  const cases = readList(block.cases)
  const ids = cases.map(({ id }) => readString(id))
  const add = (link: string) =>
    change(now => withValue(now, `/cases/${listAt(now, '/cases').length}`, { id: freshId(link, [...ids, ...RESERVED_EXITS], 'link'), payloads: [link] }))
  return (
    <>
      <Section title={words.inspector.start.cases}>
        <Cards
          at="/cases"
          cards={ids.map((id, place) => ({
            name: id,
            exit: id,
            title: <CardName list="/cases" at={`/cases/${place}`} />,
            body: (
              <>
                <ListSetting at={`/cases/${place}/payloads`} add={words.inspector.start.link} placeholder="promo" mono help={place === 0} />
                <ListSetting at={`/cases/${place}/channels`} add={words.inspector.start.channel} placeholder="telegram" help={false} />
              </>
            ),
          }))}
        />
        <AddLine label={words.inspector.start.add} placeholder={words.inspector.start.addHint} onAdd={add} />
      </Section>
      <LeadsOn shown={ids} />
    </>
  )
}
