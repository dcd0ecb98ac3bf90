import { NativeSelect } from '@mantine/core'
import { type ReactNode, useMemo, useState } from 'react'
import type { OutboundMessage } from '../../../server/engine/index.ts'
import { words } from '../../words/en.ts'
import { useFormScope } from './form-scope.tsx'
import { previewOf } from './preview.ts'
import { useChannels } from './use-channels.ts'

/** The message as the engine makes it for a channel that can be chosen. */
export function PreviewBody(): ReactNode {
  const { block, flow, language, channels: bound, printables } = useFormScope()
  const all = useChannels()
  const [chosen, setChosen] = useState<string>()
  const channels = useMemo(
    () => [...bound, ...all.filter(one => !bound.some(other => other.channel === one.channel))].filter(one => !UNSEEN.has(one.channel)),
    [bound, all],
  )
  const abilities = channels.find(one => one.channel === chosen) ?? channels[0]
  const adapted = useMemo(() => {
    if (!abilities) return undefined
    const known = new Map(printables.map(({ path, value }) => [path, value]))
    return previewOf(block, abilities, { language, languages: flow.languages, known, time_zone: flow.time_zone ?? 'UTC', now: Date.now() })
  }, [abilities, block, language, flow.languages, flow.time_zone, printables])
  if (!abilities) return <p className="field-help">{words.inspector.noChannels}</p>
  return (
    <>
      <NativeSelect
        size="xs"
        aria-label={words.inspector.previewOn}
        value={abilities.channel}
        data={channels.map(one => ({ value: one.channel, label: one.title }))}
        onChange={event => setChosen(event.currentTarget.value)}
      />
      <div className="preview" lang={language} data-channel={abilities.channel}>
        {adapted ? (
          adapted.parts.map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts are made anew from the message
            <Part key={index} part={part} asText={abilities.buttons.as_text} />
          ))
        ) : (
          <p className="field-help">{words.inspector.nothingToSee}</p>
        )}
      </div>
      {adapted?.notes.map(note => (
        <p key={note} className="field-over">
          {note}
        </p>
      ))}
      {adapted && adapted.parts.length > 1 && <p className="field-help">{words.inspector.inParts(adapted.parts.length)}</p>}
    </>
  )
}

/** Where nothing looks like anything: other programs read what is sent there. */
const UNSEEN: ReadonlySet<string> = new Set(['webhook'])

function Part({ part, asText }: { readonly part: OutboundMessage; readonly asText: boolean }): ReactNode {
  const { attachment, location, text, buttons = [] } = part
  return (
    <div className="preview-part">
      <div className="preview-bubble" dir="auto">
        {attachment && (
          <span className="preview-file">
            {words.blocks.attachments[attachment.kind] ?? attachment.kind} {attachment.name ?? attachment.url}
          </span>
        )}
        {location && <span className="preview-file">{words.blocks.place(location.name ?? location.address ?? '')}</span>}
        {text}
      </div>
      {buttons.length > 0 && (
        <div className="preview-buttons" data-quick={asText || undefined}>
          {buttons.map((button, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: buttons may say the same while they are written
            <span key={index} dir="auto" data-link={button.url !== undefined || undefined}>
              {button.label}
            </span>
          ))}
        </div>
      )}
    </div>
  )
}
