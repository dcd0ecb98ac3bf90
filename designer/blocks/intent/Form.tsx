import { ActionIcon, Autocomplete, NativeSelect } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import {
  Cards,
  DurationSetting,
  Fold,
  freshId,
  idFrom,
  listAt,
  NumberSetting,
  OtherExits,
  Phrases,
  RESERVED_EXITS,
  Section,
  SwitchSetting,
  TextSetting,
  TryOut,
  useFormScope,
  VariableSetting,
  withValue,
} from '../../inspector/fields/index.ts'
import { Icon } from '../../ui/Icon.tsx'
import { icons } from '../../ui/icons.ts'
import { words } from '../../words/en.ts'
import { inWords, readList, strings } from '../gist/index.ts'

/** The intents with their phrases, how sure it has to be, and a line to try a sentence. */
export function Form(): ReactNode {
  const { block } = useFormScope()
  const intents = strings(block.intents)
  return (
    <>
      <Section title={words.inspector.intent.intents} texts>
        <Cards at="/intents" cards={intents.map(intent => ({ name: inWords(intent), exit: intent, body: <Phrases intent={intent} /> }))} />
        <AddIntent taken={intents} />
        <OtherExits shown={intents} />
      </Section>
      <TryOut placeholder={words.inspector.intent.try} scores />
      <Section title={words.inspector.options}>
        <NumberSetting at="/threshold" times={100} unit="%" label={words.inspector.intent.threshold} placeholder="60" help={false} />
        <SwitchSetting at="/offer" />
        {block.offer === true && <TextSetting at="/offer_text" placeholder={words.inspector.intent.offer} help={false} />}
        <Fold title={words.inspector.intent.values} open={readList(block.entities).length > 0}>
          <Entities />
        </Fold>
        <Fold title={words.inspector.more} open={block.timeout !== undefined || block.margin !== undefined}>
          <NumberSetting at="/margin" times={100} unit="%" placeholder="10" />
          <DurationSetting at="/timeout" />
        </Fold>
      </Section>
    </>
  )
}

/** Chooses an intent of the flow, or makes one. */
function AddIntent({ taken }: { readonly taken: readonly string[] }): ReactNode {
  const { flow, changeFlow, id, readOnly } = useFormScope()
  const [typed, setTyped] = useState('')
  if (readOnly) return null
  const known = Object.keys(flow.intents ?? {})
  const add = (name: string) => {
    const wish = idFrom(name)
    if (wish === '' && name.trim() === '') return
    setTyped('')
    const intent = known.includes(wish) ? wish : freshId(name, [...known, ...RESERVED_EXITS], 'intent')
    if (taken.includes(intent)) return
    changeFlow(now => {
      const block = now.blocks[id]
      if (!block) return now
      const intents = now.intents?.[intent] ? now.intents : { ...now.intents, [intent]: { phrases: {} } }
      return { ...now, intents, blocks: { ...now.blocks, [id]: withValue(block, `/intents/${listAt(block, '/intents').length}`, intent) } }
    })
  }
  return (
    <Autocomplete
      className="add-name"
      size="xs"
      aria-label={words.inspector.intent.add}
      placeholder={words.inspector.intent.addHint}
      leftSection={<Icon path={icons.plus} size={13} />}
      value={typed}
      data={known.filter(intent => !taken.includes(intent))}
      onChange={setTyped}
      onOptionSubmit={add}
      onBlur={() => add(typed)}
      onKeyDown={event => event.key === 'Enter' && add(typed)}
    />
  )
}

/** Values to pick out of the message, one row each. */
function Entities(): ReactNode {
  const { block, set, change, readOnly } = useFormScope()
  const entities = readList(block.entities)
  const add = (kind: string) =>
    change(now => withValue(now, `/entities/${listAt(now, '/entities').length}`, { kind, variable: kind === 'number' ? 'amount' : kind }))
  return (
    <>
      <ul className="rows">
        {entities.map(({ kind }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
          <li key={place} className="row">
            <NativeSelect
              size="xs"
              aria-label={words.inspector.intent.kind}
              value={String(kind)}
              disabled={readOnly}
              data={Object.entries(words.inspector.intent.kinds).map(([value, label]) => ({ value, label }))}
              onChange={event => set(`/entities/${place}/kind`, event.currentTarget.value)}
            />
            <VariableSetting at={`/entities/${place}/variable`} type={kind === 'number' ? 'number' : kind === 'date' ? 'date' : 'text'} help={false} />
            {!readOnly && (
              <ActionIcon
                className="row-remove"
                size={22}
                aria-label={words.inspector.remove(words.inspector.intent.kind)}
                onClick={() => set(entities.length === 1 ? '/entities' : `/entities/${place}`, undefined)}
              >
                <Icon path={icons.close} size={13} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {!readOnly && (
        <NativeSelect
          size="xs"
          aria-label={words.inspector.intent.addValue}
          value=""
          data={[
            { value: '', label: words.inspector.intent.addValue },
            ...Object.entries(words.inspector.intent.kinds).map(([value, label]) => ({ value, label })),
          ]}
          onChange={event => event.currentTarget.value !== '' && add(event.currentTarget.value)}
        />
      )}
    </>
  )
}
