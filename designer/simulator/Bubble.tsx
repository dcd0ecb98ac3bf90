/** A message in the chat: the contact at the right, the flow at the left, the agent and notes in colours of their own. */
import { VisuallyHidden } from '@mantine/core'
import type { OutboundMessage } from '../../server/engine/index.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { simulator as words } from '../words/simulator.ts'
import classes from './Bubble.module.css'
import { simulatorIcons } from './icons.ts'
import type { Line, SentThings } from './transcript.ts'

type BubbleLine = Extract<Line, { type: 'contact' | 'flow' | 'agent' | 'note' }>

/** `press` is there while buttons can be pressed. */
export function Bubble({ line, press }: { readonly line: BubbleLine; readonly press: ((payload: string) => void) | undefined }) {
  const speaker = { contact: words.contactSays(words.contact), flow: words.flowSays, agent: words.agentSays, note: words.noteSays }[line.type]
  return (
    <div className={classes.bubble} dir="auto" data-from={line.type} data-fallback={(line.type === 'flow' && line.isFallback) || undefined}>
      {/* With a direction of its own, so that it does not decide that of the message. */}
      <VisuallyHidden dir="ltr">{speaker} </VisuallyHidden>
      {line.type === 'contact' && <Sent things={line.things} />}
      {line.type === 'contact' && line.text !== '' && <span data-pressed={line.isPress || undefined}>{line.text}</span>}
      {line.type === 'note' && line.text}
      {(line.type === 'flow' || line.type === 'agent') && <Said message={line.message} press={press} />}
    </div>
  )
}

function Sent({ things }: { readonly things: SentThings }) {
  return (
    <>
      {things.attachments?.map((attachment, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a sent message never changes
        <Thing key={index} icon={simulatorIcons.clip} text={attachment.name ?? words.kinds[attachment.kind]} />
      ))}
      {things.location && (
        <Thing icon={simulatorIcons.place} text={things.location.name ?? `${words.place} ${things.location.latitude}, ${things.location.longitude}`} />
      )}
      {things.shared_contact && <Thing icon={icons.person} text={`${things.shared_contact.name}, ${things.shared_contact.phone}`} />}
    </>
  )
}

function Said({ message, press }: { readonly message: OutboundMessage; readonly press: ((payload: string) => void) | undefined }) {
  const { text, attachment, location, buttons } = message
  return (
    <>
      {attachment && <Thing icon={simulatorIcons.clip} text={attachment.name ?? attachment.url ?? words.kinds[attachment.kind]} />}
      {location && <Thing icon={simulatorIcons.place} text={location.name ?? `${words.place} ${location.latitude}, ${location.longitude}`} />}
      {text}
      {buttons && buttons.length > 0 && (
        <span className={classes.buttons}>
          {buttons.map(({ label, payload, url }) =>
            url !== undefined ? (
              <a key={`${label}${url}`} className={classes.button} dir="auto" href={url} target="_blank" rel="noreferrer">
                {label}
              </a>
            ) : (
              <button
                key={`${label}${payload}`}
                type="button"
                className={classes.button}
                dir="auto"
                disabled={payload === undefined || press === undefined}
                onClick={() => payload !== undefined && press?.(payload)}
              >
                {label}
              </button>
            ),
          )}
        </span>
      )}
    </>
  )
}

function Thing({ icon, text }: { readonly icon: string; readonly text: string }) {
  return (
    <span className={classes.thing}>
      <Icon path={icon} />
      {text}
    </span>
  )
}
