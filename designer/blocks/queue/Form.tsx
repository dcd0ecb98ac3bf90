import type { ReactNode } from 'react'
import {
  ChoiceSetting,
  DurationSetting,
  LeadsOn,
  NumberSetting,
  PlainSetting,
  Preview,
  Section,
  SwitchLine,
  TextSetting,
  useFormScope,
  WordsSetting,
} from '../../inspector/fields/index.ts'
import { words } from '../../words/en.ts'
import { readString } from '../gist/index.ts'

/** Which queue, how long, and what the contact hears meanwhile. */
export function Form(): ReactNode {
  const { block, queues, set } = useFormScope()
  const slug = readString(block.queue)
  const known = queues.some(queue => queue.value === slug)
  const labels = Object.fromEntries([
    ...(slug === '' ? [['', words.inspector.queue.choose]] : []),
    ...queues.map(({ value, label }) => [value, label]),
    ...(slug === '' || known ? [] : [[slug, words.inspector.queue.unknown(slug)]]),
  ])
  return (
    <>
      <Section title={words.inspector.content}>
        {queues.length > 0 ? <ChoiceSetting at="/queue" labels={labels} help={false} /> : <PlainSetting at="/queue" placeholder="default" required />}
        <DurationSetting at="/max_wait" />
      </Section>
      <Section title={words.inspector.queue.meanwhile} texts>
        <TextSetting at="/text" placeholder={words.inspector.queue.example} help={false} />
        <Preview />
        <SwitchLine
          label={words.inspector.queue.announce}
          checked={block.announce !== undefined}
          onChange={on => set('/announce', on ? { every: '2 min', text: words.inspector.queue.announcement } : undefined)}
        />
        {block.announce !== undefined && (
          <>
            <DurationSetting at="/announce/every" required help={false} />
            <TextSetting at="/announce/text" help={false} />
          </>
        )}
        <WordsSetting at="/give_up" placeholder={words.inspector.queue.giveUp} />
      </Section>
      <Section title={words.inspector.options}>
        <NumberSetting at="/priority" placeholder="5" />
      </Section>
      <LeadsOn />
    </>
  )
}
