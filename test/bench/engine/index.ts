/**
 * The engine alone: session JSON, an event, message_check, keywords, one templated text, listen, session JSON, trace on. Beside a function
 * written by hand and XState, in turns, so that a busy machine is the same for all. A process of its own; answers with its steps a second.
 */
import { ABILITIES } from '../../../server/channels/abilities.ts'
import { advance, type ConnectorPolicy, type InboundMessage, mustCompile, newConversation, testPolicy } from '../../../server/engine/index.ts'
import { FLOW, TEXTS } from '../scenario.ts'
import { stepByHand } from './by-hand.ts'
import { firstSnapshot, stepByXstate } from './by-xstate.ts'

/** Steps a second of each round. */
export interface EngineFigures {
  readonly engine: readonly number[]
  readonly by_hand: readonly number[]
  readonly xstate: readonly number[]
}

const NOW = Date.UTC(2026, 0, 5, 9)
const flow = mustCompile(FLOW, { version: 1, hash: 'bench' })
const policy: ConnectorPolicy = testPolicy(FLOW.id, ABILITIES.telegram)
const flowOf = () => flow
const messages: readonly InboundMessage[] = TEXTS.slice(1).map((text, index) => ({ id: `m${index}`, text }))
const contact = { id: 'k3v9x2a7b1c4', channel: 'telegram', name: 'Ana Lopez', first_name: 'Ana', language: 'en' }

/** A conversation that waits in `listen`, as the store has it. */
const waiting = JSON.stringify(
  advance(newConversation(contact), { type: 'message_received', message: { id: 'm', text: 'Hi' } }, { now: NOW, seed: 1, connector: policy, flowOf })
    .conversation,
)

/** Kept from step to step so that nothing can be optimised away. */
let seen = 0

function runEngine(steps: number): void {
  let json = waiting
  for (let i = 0; i < steps; i++) {
    const message = messages[i % messages.length] as InboundMessage
    const result = advance(JSON.parse(json), { type: 'message_received', message }, { now: NOW + i * 3000, seed: i, connector: policy, flowOf })
    json = JSON.stringify(result.conversation)
    seen += result.effects.length + result.trace.length
  }
  if (JSON.parse(json).sends !== steps + 1) throw new Error('The engine did not answer every message.')
}

function runByHand(steps: number): void {
  let json = waiting
  for (let i = 0; i < steps; i++) {
    const result = stepByHand(json, messages[i % messages.length] as InboundMessage, NOW + i * 3000)
    json = result.json
    seen += result.effects.length + result.trace.length
  }
}

function runXstate(steps: number): void {
  let json = firstSnapshot()
  for (let i = 0; i < steps; i++) {
    const result = stepByXstate(json, messages[i % messages.length] as InboundMessage)
    json = result.json
    seen += result.answer.length
  }
}

/** Steps a second of one round. */
function measure(run: (steps: number) => void, steps: number): number {
  const started = process.hrtime.bigint()
  run(steps)
  return steps / (Number(process.hrtime.bigint() - started) / 1e9)
}

const [rounds, steps] = [Number(process.argv[2] ?? 9), Number(process.argv[3] ?? 60_000)]
for (const run of [runEngine, runByHand, runXstate]) run(Math.min(steps, 30_000))
const figures = { engine: [] as number[], by_hand: [] as number[], xstate: [] as number[] }
for (let round = 0; round < rounds; round++) {
  figures.engine.push(measure(runEngine, steps))
  figures.by_hand.push(measure(runByHand, steps))
  figures.xstate.push(measure(runXstate, Math.ceil(steps / 5)))
}
process.stdout.write(`${JSON.stringify(figures)}\n`)
if (seen === 0) process.exitCode = 1
