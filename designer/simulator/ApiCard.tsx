/** The card that asks what an API answers, while a block waits for it. Nothing is ever called from here. */
import { Button, NativeSelect, NumberInput, SegmentedControl, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { type CompiledFlow, showHttpText, type VirtualCall } from '../../server/engine/index.ts'
import { simulator } from '../words/simulator.ts'
import classes from './ApiCard.module.css'
import { type ApiAnswer, type ApiOutcome, FAILURES, giveAnswer, OUTCOMES, offerAnswer, readBody, withOutcome } from './api-answers.ts'
import type { Played, Simulation } from './simulation.ts'

const words = simulator.api

/** Shown while the run stands at a call; a new one for every call. */
export function ApiCard({ simulation, played }: { readonly simulation: Simulation; readonly played: Played }) {
  const { state, flow, standing } = played
  const call = state?.call
  if (!call || !flow || standing.type !== 'ready') return null
  return <Asking key={`${flow.id} ${call.wait}`} call={call} flow={flow} simulation={simulation} />
}

function Asking({ call, flow, simulation }: { readonly call: VirtualCall; readonly flow: CompiledFlow; readonly simulation: Simulation }) {
  const [offered] = useState(() => offerAnswer(flow, call.block))
  const [answer, setAnswer] = useState<ApiAnswer>(offered.answer)
  const { outcome, status, body } = answer
  const send = (event: FormEvent) => {
    event.preventDefault()
    simulation.play(giveAnswer(flow, call.block, answer))
  }
  const hint = offered.from === 'nothing' || body !== offered.answer.body ? undefined : words[offered.from]
  return (
    <form className={classes.card} aria-label={words.asks} onSubmit={send}>
      <h3>{words.asks}</h3>
      <p className={classes.request}>
        <b>{call.call.method}</b> {showHttpText(call.call.url)}
      </p>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={words.outcome}
        classNames={{ label: classes.outcome ?? '' }}
        value={outcome}
        data={OUTCOMES.map(value => ({ value, label: words.outcomes[value] }))}
        onChange={next => setAnswer(withOutcome(answer, next as ApiOutcome))} // only what is offered can be chosen
      />
      {(outcome === 'success' || outcome === 'refused') && (
        <>
          <NumberInput
            size="xs"
            label={words.status}
            value={status}
            min={outcome === 'success' ? 200 : 400}
            max={outcome === 'success' ? 299 : 499}
            clampBehavior="blur"
            allowDecimal={false}
            onChange={next => typeof next === 'number' && setAnswer({ ...answer, status: next })}
          />
          <Textarea
            size="xs"
            label={words.answer}
            description={hint}
            error={body.trim() === '' || readBody(body).ok ? undefined : words.notJson}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            classNames={{ input: classes.body ?? '' }}
            autosize
            minRows={2}
            maxRows={8}
            spellCheck={false}
            value={body}
            onChange={event => setAnswer({ ...answer, body: event.currentTarget.value })}
          />
        </>
      )}
      {outcome === 'error' && (
        <NativeSelect
          size="xs"
          label={words.failure}
          value={String(status)}
          data={FAILURES.map(value => ({ value: String(value), label: value === 0 ? words.unreachable : words.answersStatus(value) }))}
          onChange={event => setAnswer({ ...answer, status: Number(event.currentTarget.value) })}
        />
      )}
      {outcome === 'timeout' && <p className={classes.about}>{words.noAnswer(`${call.call.timeout_ms / 1000} s`)}</p>}
      <Button type="submit" size="compact-sm" variant="filled" className={classes.send}>
        {words.send}
      </Button>
    </form>
  )
}
