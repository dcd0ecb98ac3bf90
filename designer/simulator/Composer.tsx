/** The writing field: as the contact or as the agent, with everything else either can do in a menu. */
import { ActionIcon, SegmentedControl, Textarea } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { usePanels } from '../editor/panels.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { simulator as words } from '../words/simulator.ts'
import { AgentMenu } from './AgentMenu.tsx'
import classes from './Composer.module.css'
import { ContactMenu } from './ContactMenu.tsx'
import { cameFrom, goBack } from './focus.ts'
import type { Played, Simulation } from './simulation.ts'
import { stepOfFile, stepsOf, type Writing } from './writing.ts'

const AS_CONTACT: Writing = { who: 'contact', mode: 'text' }
const AS_AGENT: Writing = { who: 'agent', mode: 'text' }

/** Enter sends; Shift Enter begins a new line, and Enter does in a burst. Esc goes back to where the person was before. */
export function Composer({ simulation, played }: { readonly simulation: Simulation; readonly played: Played }) {
  const [text, setText] = useState('')
  const [writing, setWriting] = useState<Writing>(AS_CONTACT)
  const field = useRef<HTMLTextAreaElement>(null)
  const file = useRef<HTMLInputElement>(null)
  const { wantsToWrite, writes } = usePanels()
  useEffect(() => {
    if (!wantsToWrite) return
    field.current?.focus()
    writes()
  }, [wantsToWrite, writes])
  const isReady = played.standing.type === 'ready'
  const owner = played.state?.conversation.owner ?? 'nobody'
  const begin = (next: Writing, start = '') => {
    setWriting(next)
    setText(start)
    field.current?.focus()
  }
  const play: Simulation['play'] = (...steps) => {
    simulation.play(...steps)
    setText('')
    setWriting(writing.who === 'contact' ? AS_CONTACT : AS_AGENT)
  }
  const send = () => {
    const steps = stepsOf(text, writing, owner)
    if (isReady && steps.length > 0) play(...steps)
    field.current?.focus()
  }
  const hint = hintOf(writing)
  return (
    <form
      className={classes.composer}
      onSubmit={event => {
        event.preventDefault()
        send()
      }}
    >
      {hint !== undefined && (
        <p className={classes.hint}>
          {hint}
          <button type="button" onClick={() => begin(writing.who === 'contact' ? AS_CONTACT : AS_AGENT)}>
            {words.cancel}
          </button>
        </p>
      )}
      <div className={classes.field} data-who={writing.who}>
        <Textarea
          ref={field}
          variant="unstyled"
          classNames={{ input: classes.input ?? '' }}
          autosize
          minRows={1}
          maxRows={5}
          aria-label={placeholderOf(writing, played)}
          placeholder={placeholderOf(writing, played)}
          value={text}
          onFocus={event => cameFrom(event.relatedTarget, event.currentTarget)}
          onChange={event => setText(event.currentTarget.value)}
          onKeyDown={event => {
            if (event.key === 'Escape') {
              event.stopPropagation()
              if (hint === undefined) goBack()
              else begin(writing.who === 'contact' ? AS_CONTACT : AS_AGENT)
            }
            const isBurst = writing.mode === 'burst' && !event.ctrlKey && !event.metaKey
            if (event.key !== 'Enter' || event.shiftKey || isBurst || event.nativeEvent.isComposing) return
            event.preventDefault()
            send()
          }}
        />
        <div className={classes.row}>
          {writing.who === 'contact' ? (
            <ContactMenu play={play} caption={text} played={played} write={begin} chooseFile={() => file.current?.click()} />
          ) : (
            <AgentMenu play={play} played={played} write={begin} />
          )}
          <span className={classes.grow} />
          <SegmentedControl
            size="xs"
            aria-label={words.who}
            value={writing.who}
            onChange={who => begin(who === 'agent' ? AS_AGENT : AS_CONTACT, text)}
            data={[
              { value: 'contact', label: words.contact },
              { value: 'agent', label: words.agent },
            ]}
          />
          <ActionIcon type="submit" variant="filled" color="petrol" size={28} aria-label={words.send} disabled={!isReady}>
            <Icon path={icons.arrowUp} />
          </ActionIcon>
        </div>
      </div>
      <input
        ref={file}
        type="file"
        hidden
        onChange={event => {
          const [chosen] = event.currentTarget.files ?? []
          if (chosen && isReady) play(stepOfFile(chosen, text.trim()))
          event.currentTarget.value = ''
        }}
      />
    </form>
  )
}

function hintOf(writing: Writing): string | undefined {
  if (writing.mode === 'burst') return words.bursting
  if (writing.mode === 'edit') return words.editing
  if (writing.mode === 'link') return words.openingByLink
  return writing.mode === 'note' ? words.noting : undefined
}

function placeholderOf(writing: Writing, { setting }: Played): string {
  if (writing.mode === 'burst') return words.writeBurst
  if (writing.mode === 'link') return words.linkPayload
  return writing.who === 'agent' ? words.writeAsAgent : words.writeAs(setting.contact.first_name ?? '')
}
