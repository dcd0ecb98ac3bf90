import type { ReactNode } from 'react'
import {
  AddLine,
  Cards,
  ChoiceSetting,
  DurationSetting,
  Fold,
  freshId,
  LeadsOn,
  listAt,
  NumberSetting,
  PlainSetting,
  Preview,
  Section,
  SwitchSetting,
  TemplateSetting,
  TextSetting,
  useFormScope,
  withText,
  withValue,
} from '../../inspector/fields/index.ts'
import { words } from '../../words/en.ts'
import { isSettings, readList, readString, readText } from '../gist/index.ts'

/** A text, a file or a place, and buttons. */
export function Form(): ReactNode {
  const { block } = useFormScope()
  const { attachment } = block
  const kind = isSettings(attachment) ? KINDS.find(known => known === attachment.kind) : undefined
  const buttons = readList(block.buttons)
  const shape = { kind: 'text', buttons: buttons.length, hasUrl: buttons.some(({ url }) => url !== undefined), ...(kind && { attachment: kind }) } as const
  return (
    <>
      <Section title={words.inspector.content} texts>
        <TextSetting at="/text" placeholder={words.inspector.message.example} rows={3} shape={shape} help={kind !== undefined} />
        <Attachment />
        <Place />
        <Preview />
      </Section>
      <Section title={words.inspector.message.buttons}>
        <Buttons />
      </Section>
      <Section title={words.inspector.options}>
        <DurationSetting at="/typing" placeholder="2 s" />
        <SwitchSetting at="/replace" />
      </Section>
      <LeadsOn />
    </>
  )
}

const KINDS = ['image', 'file', 'audio', 'voice', 'video'] as const

function Attachment(): ReactNode {
  const { block, set } = useFormScope()
  const { attachment } = block
  const kind = isSettings(attachment) ? readString(attachment.kind) : 'none'
  const choose = (next: string) => set('/attachment', next === 'none' ? undefined : { ...(isSettings(attachment) ? attachment : { url: '' }), kind: next })
  return (
    <>
      <ChoiceSetting
        at="/attachment/kind"
        label={words.inspector.message.attachment}
        labels={{ none: words.inspector.none, ...words.blocks.attachments }}
        fallback={kind}
        onChoose={choose}
        help={false}
      />
      {kind !== 'none' && (
        <>
          <TemplateSetting at="/attachment/url" placeholder="https://example.com/price-list.pdf" />
          <PlainSetting at="/attachment/name" help={false} />
        </>
      )}
    </>
  )
}

function Place(): ReactNode {
  const { block } = useFormScope()
  return (
    <Fold title={words.inspector.message.place} open={block.location !== undefined}>
      <PlaceFields />
    </Fold>
  )
}

function PlaceFields(): ReactNode {
  const { block, set } = useFormScope()
  if (block.location === undefined) {
    return (
      <AddLine label={words.inspector.message.addPlace} placeholder={words.inspector.message.coordinates} onAdd={typed => set('/location', readPlace(typed))} />
    )
  }
  return (
    <>
      <div className="field-pair">
        <NumberSetting at="/location/latitude" required help={false} />
        <NumberSetting at="/location/longitude" required help={false} />
      </div>
      <PlainSetting at="/location/name" help={false} />
      <PlainSetting at="/location/address" help={false} />
      <button type="button" className="text-button" onClick={() => set('/location', undefined)}>
        {words.inspector.message.removePlace}
      </button>
    </>
  )
}

/** "52.52, 13.405", as maps copy it. */
function readPlace(typed: string): { readonly latitude: number; readonly longitude: number } | undefined {
  const match = /^(-?\d+(?:\.\d+)?)[,;\s]+(-?\d+(?:\.\d+)?)$/.exec(typed)
  const [latitude, longitude] = [Number(match?.[1]), Number(match?.[2])]
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : undefined
}

function Buttons(): ReactNode {
  const { block, flow, language, change } = useFormScope()
  const buttons = readList(block.buttons)
  const ids = buttons.map(({ id }) => readString(id))
  const add = (label: string) =>
    change(now =>
      withValue(now, `/buttons/${listAt(now, '/buttons').length}`, {
        id: freshId(label, ids, 'button'),
        label: withText(undefined, language, label, flow.languages),
      }),
    )
  return (
    <>
      <Cards
        at="/buttons"
        cards={buttons.map((button, place) => ({
          name: readText(button.label, flow.languages) || readString(button.id),
          body: (
            <>
              <TextSetting at={`/buttons/${place}/label`} rows={1} help={false} shape={{ kind: 'label' }} />
              <Fold title={words.inspector.more} open={button.url !== undefined}>
                <TemplateSetting at={`/buttons/${place}/url`} placeholder="https://example.com" />
              </Fold>
            </>
          ),
        }))}
      />
      <AddLine label={words.inspector.message.addButton} placeholder={words.inspector.message.addButton} onAdd={add} />
    </>
  )
}
