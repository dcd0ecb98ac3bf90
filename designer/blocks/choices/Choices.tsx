import type { ReactNode } from 'react'
import {
  AddLine,
  Cards,
  Fold,
  freshId,
  IdSetting,
  listAt,
  RESERVED_EXITS,
  TemplateSetting,
  TextSetting,
  useFormScope,
  WordsSetting,
  withText,
  withValue,
} from '../../inspector/fields/index.ts'
import { words } from '../../words/en.ts'
import { readList, readString, readText } from '../gist/index.ts'

interface ChoicesProps {
  readonly at: string
  /** Each choice is an exit of its own, and may open an address. */
  readonly withExits?: boolean
}

/** Choices as cards: what the button says, other words that mean it. Write a label and press Enter to add one. */
export function Choices({ at, withExits = false }: ChoicesProps): ReactNode {
  const { block, flow, language, change } = useFormScope()
  const choices = readList(block[at.slice(1)])
  const ids = choices.map(({ id }) => readString(id))
  const add = (label: string) =>
    change(now =>
      withValue(now, `${at}/${listAt(now, at).length}`, {
        id: freshId(label, [...ids, ...RESERVED_EXITS], 'choice'),
        label: withText(undefined, language, label, flow.languages),
      }),
    )
  return (
    <>
      <Cards
        at={at}
        cards={choices.map((choice, place) => ({
          name: readText(choice.label, [language, ...flow.languages]) || readString(choice.id),
          exit: withExits && choice.url === undefined ? readString(choice.id) : undefined,
          body: (
            <>
              <TextSetting at={`${at}/${place}/label`} rows={1} help={false} shape={{ kind: 'label' }} />
              <Fold title={words.inspector.menu.otherWords} open={choice.words !== undefined || choice.url !== undefined}>
                <WordsSetting at={`${at}/${place}/words`} />
                {withExits && <TemplateSetting at={`${at}/${place}/url`} placeholder="https://example.com" />}
                {!withExits && <IdSetting at={`${at}/${place}/id`} label={words.inspector.menu.keptAs} />}
              </Fold>
            </>
          ),
        }))}
      />
      <AddLine label={words.inspector.menu.add} placeholder={words.inspector.menu.addHint} onAdd={add} />
    </>
  )
}
