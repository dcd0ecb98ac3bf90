import { SegmentedControl } from '@mantine/core'
import type { ReactNode } from 'react'
import { AddLine, CardName, Cards, freshId, listAt, OtherExits, RESERVED_EXITS, Section, useFormScope, withValue } from '../../inspector/fields/index.ts'
import { words } from '../../words/en.ts'
import { readList, readString } from '../gist/index.ts'
import { Rows } from './Rows.tsx'

/** Cases with rows; the first that holds is taken. */
export function Form(): ReactNode {
  const { block, change } = useFormScope()
  const ids = readList(block.cases).map(({ id }) => readString(id))
  const add = (name: string) => {
    const entry = { id: freshId(name, [...ids, ...RESERVED_EXITS], 'case'), all: [{ variable: '', operator: 'is', value: '' }] }
    change(now => withValue(now, `/cases/${listAt(now, '/cases').length}`, entry))
  }
  return (
    <Section title={words.inspector.condition.cases}>
      <Cards
        at="/cases"
        cards={ids.map((id, place) => ({
          name: id.replaceAll('_', ' '),
          exit: id,
          title: <CardName list="/cases" at={`/cases/${place}`} />,
          body: <Case at={`/cases/${place}`} />,
        }))}
      />
      <AddLine label={words.inspector.condition.add} placeholder={words.inspector.condition.addHint} onAdd={add} />
      <OtherExits shown={ids} />
    </Section>
  )
}

/** Most cases have one kind of rows; one that has both shows both. */
function Case({ at }: { readonly at: string }): ReactNode {
  const { block, change, readOnly } = useFormScope()
  const [all, any] = [listAt(block, `${at}/all`), listAt(block, `${at}/any`)]
  if (all.length > 0 && any.length > 0) {
    return (
      <>
        <h4 className="rows-title">{words.inspector.condition.all}</h4>
        <Rows at={`${at}/all`} />
        <h4 className="rows-title">{words.inspector.condition.any}</h4>
        <Rows at={`${at}/any`} />
      </>
    )
  }
  const kind = any.length > 0 ? 'any' : 'all'
  const choose = (next: string) => change(now => withValue(withValue(now, `${at}/${kind}`, undefined), `${at}/${next}`, listAt(now, `${at}/${kind}`)))
  return (
    <>
      {all.length + any.length > 1 && (
        <SegmentedControl
          size="xs"
          aria-label={words.inspector.condition.kind}
          value={kind}
          disabled={readOnly}
          data={[
            { value: 'all', label: words.inspector.condition.all },
            { value: 'any', label: words.inspector.condition.any },
          ]}
          onChange={choose}
        />
      )}
      <Rows at={`${at}/${kind}`} />
    </>
  )
}
