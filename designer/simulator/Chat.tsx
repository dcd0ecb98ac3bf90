/** The chat: what was said, and between the bubbles why and when. */
import { Button } from '@mantine/core'
import { useEffect, useMemo, useRef } from 'react'
import { simulator as words } from '../words/simulator.ts'
import { Bubble } from './Bubble.tsx'
import classes from './Chat.module.css'
import type { Played, Simulation } from './simulation.ts'
import { type Line, writeTranscript } from './transcript.ts'
import { Why } from './Why.tsx'

/** A log that reads itself out and stays at its end. */
export function Chat({ simulation, played, write }: { readonly simulation: Simulation; readonly played: Played; write(): void }) {
  const { state, flow, turns, standing } = played
  const lines = useMemo(() => (state && flow ? writeTranscript(state, flow, turns) : []), [state, flow, turns])
  const end = useRef<HTMLDivElement>(null)
  const count = lines.length
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when a line is added
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'nearest' })
  }, [count])
  const isReady = standing.type === 'ready'
  // What was pressed is gone or used: the next thing to do is to write.
  const play: Simulation['play'] = (...steps) => {
    simulation.play(...steps)
    write()
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long chat is scrolled by keyboard
    <div className={classes.chat} role="log" aria-label={words.chat} tabIndex={0}>
      {count === 0 && (
        <div className={classes.empty}>
          <p>{words.empty}</p>
          <Button disabled={!isReady} onClick={() => play({ start: '' })}>
            {words.openChat}
          </Button>
        </div>
      )}
      {lines.map(line => (
        <ChatLine key={line.key} line={line} press={isReady ? payload => play({ press: payload }) : undefined} />
      ))}
      <div ref={end} className={classes.end} />
    </div>
  )
}

function ChatLine({ line, press }: { readonly line: Line; readonly press: ((payload: string) => void) | undefined }) {
  if (line.type === 'why') return <Why line={line} />
  if (line.type === 'about' || line.type === 'time')
    return (
      <p
        className={classes.about}
        data-gap={(line.type === 'time' && line.isGap) || undefined}
        data-failure={(line.type === 'about' && line.isFailure) || undefined}
      >
        {line.text}
      </p>
    )
  return <Bubble line={line} press={press} />
}
