/**
 * One run of the draft on the real engine: steps in, what happened out. Knows no React and no clock.
 * Every step is a step of a flow test, so a run can be saved as one and a test can be played as a run.
 */
import {
  type Abilities,
  type CompiledFlow,
  compileFlow,
  type Flow,
  type FlowTest,
  type FlowTestMoment,
  FlowTestPlayer,
  type FlowTestStep,
  nameBlock,
  type Problem,
  type VirtualState,
  type VirtualTimer,
} from '../../server/engine/index.ts'
import { type Setting, settingOf } from './setting.ts'
import { isAction } from './write-test.ts'

/** One thing that was done, with what the run was before and after it. */
export interface Turn {
  readonly steps: readonly FlowTestStep[]
  readonly before: FlowTestMoment
  readonly after: VirtualState
  /** The flow was another one than in the turn before. */
  readonly flowChanged: boolean
}

/** Whether the run can go on. */
export type Standing =
  | { readonly type: 'ready' }
  /** The draft does not compile: the run stands still until it does. */
  | { readonly type: 'problems'; readonly problems: readonly Problem[] }
  /** The block that waited is gone or is another kind of block now. */
  | { readonly type: 'lost'; readonly block: string }

/** A run as it is now. A new object after every change. */
export interface Played {
  readonly setting: Setting
  readonly standing: Standing
  /** The flow that runs; undefined until the draft compiles. */
  readonly flow: CompiledFlow | undefined
  readonly turns: readonly Turn[]
  readonly state: VirtualState | undefined
  readonly nextTimer: VirtualTimer | undefined
  /** The draft changed since the last turn, and the run goes on with it. */
  readonly flowChanged: boolean
  /** Why the last step could not be done. */
  readonly refused: string | undefined
}

/** A run with its controls. Controls do nothing while the run cannot go on, but `restart` and `setFlow`. */
export interface Simulation {
  read(): Played
  /** The draft as it is drawn now. Positions alone change nothing. */
  setFlow(flow: Flow): void
  /** Does something, as one turn. */
  play(...steps: readonly FlowTestStep[]): void
  stepBack(): void
  /** From the beginning, as another person when a setting is given. */
  restart(setting?: Setting): void
  /** Plays what happens in a test, turn by turn; its expectations are not compared here. */
  replay(setting: Setting, test: FlowTest): void
}

/** What a run needs of the world around the flow. */
export interface SimulationWorld {
  abilitiesOf(channel: string): Abilities | undefined
}

/** Makes a run that tells `changed` about every change. */
export function createSimulation(world: SimulationWorld, setting: Setting, changed: () => void): Simulation {
  let played: Played = {
    setting,
    standing: { type: 'ready' },
    flow: undefined,
    turns: [],
    state: undefined,
    nextTimer: undefined,
    flowChanged: false,
    refused: undefined,
  }
  let drawn: Flow | undefined
  let player: FlowTestPlayer | undefined

  const become = (change: Partial<Played>) => {
    played = { ...played, ...change }
    changed()
  }

  const newPlayer = (flow: CompiledFlow): FlowTestPlayer | undefined => {
    const abilities = world.abilitiesOf(played.setting.channel)
    if (!abilities) return undefined
    const running = {
      // Read at every step: the draft may change while the run goes on.
      get flow() {
        return played.flow ?? flow
      },
      flowOf: () => undefined,
      abilitiesOf: world.abilitiesOf,
    }
    return new FlowTestPlayer(settingOf(played.setting, flow.flow), running, abilities)
  }

  const playTurn = (steps: readonly FlowTestStep[]) => {
    const { flow, standing } = played
    if (!flow || standing.type !== 'ready' || steps.length === 0) return
    player ??= newPlayer(flow)
    if (!player) return
    const before = player.keep()
    const refused = playSteps(player, steps)
    const after = player.state()
    if (refused !== undefined && after === before.state) {
      become({ refused })
      return
    }
    const turn: Turn = { steps, before, after, flowChanged: played.flowChanged }
    become({ turns: [...played.turns, turn], state: after, nextTimer: player.nextTimer(), flowChanged: false, refused })
  }

  return {
    read: () => played,
    setFlow: flow => {
      if (drawn && haveSameMeaning(drawn, flow)) return
      drawn = flow
      const compilation = compileSafely(flow)
      if (!compilation.ok) {
        become({ standing: { type: 'problems', problems: compilation.problems } })
        return
      }
      const isRunning = played.turns.length > 0
      become({ flow: compilation.flow, standing: standingIn(compilation.flow, played.state, played.flow), flowChanged: isRunning })
    },
    play: (...steps) => playTurn(steps),
    stepBack: () => {
      const last = played.turns.at(-1)
      if (!last || !player) return
      player.restore(last.before)
      const turns = played.turns.slice(0, -1)
      const state = turns.length === 0 ? undefined : last.before.state
      if (turns.length === 0) player = undefined
      const standing = played.standing.type === 'problems' || !played.flow ? played.standing : standingIn(played.flow, state, played.flow)
      become({ turns, state, nextTimer: player?.nextTimer(), standing, refused: undefined, flowChanged: last.flowChanged })
    },
    restart: (next = played.setting) => {
      player = undefined
      const standing: Standing = played.standing.type === 'problems' ? played.standing : { type: 'ready' }
      become({ setting: next, turns: [], state: undefined, nextTimer: undefined, standing, flowChanged: false, refused: undefined })
    },
    replay: (next, test) => {
      player = undefined
      const standing: Standing = played.standing.type === 'problems' ? played.standing : { type: 'ready' }
      played = { ...played, setting: next, turns: [], state: undefined, nextTimer: undefined, standing, flowChanged: false, refused: undefined }
      for (const step of test.steps) if (isAction(step)) playTurn([step])
      changed()
    },
  }
}

/** A press, a passing of time … one after the other; stops at the first that cannot be done. */
function playSteps(player: FlowTestPlayer, steps: readonly FlowTestStep[]): string | undefined {
  for (const step of steps) {
    const refused = player.play(step)
    if (refused !== undefined) return refused
  }
  return undefined
}

type Compilation = ReturnType<typeof compileFlow>

/** A draft may be in any state while it is drawn: whatever compiling it meets is a problem to show. */
function compileSafely(flow: Flow): Compilation {
  try {
    return compileFlow(flow, { version: 0, hash: 'draft' })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { ok: false, problems: [{ code: 'not_compiled', severity: 'error', at: '', message }] }
  }
}

/** Whether a run can go on in a flow that was changed: the block that waits must still be there and of its kind. */
function standingIn(flow: CompiledFlow, state: VirtualState | undefined, before: CompiledFlow | undefined): Standing {
  const conversation = state?.conversation
  if (!conversation?.session || conversation.owner === 'nobody' || conversation.session.flow !== flow.id) return { type: 'ready' }
  const lost = (at: string): Standing => ({ type: 'lost', block: before ? nameBlock(before.flow, at) : at })
  for (const at of [conversation.session.at, ...(conversation.session.frames ?? []).map(frame => frame.at)]) {
    const block = flow.blocks.get(at)
    if (!block) return lost(at)
    const earlier = before?.blocks.get(at)
    if (earlier && earlier.type.type !== block.type.type) return lost(at)
  }
  return { type: 'ready' }
}

/** Edits keep what they do not touch, so what is the same object has the same meaning. */
function haveSameMeaning(one: Flow, other: Flow): boolean {
  const { layout: _one, ...left } = one
  const { layout: _other, ...right } = other
  const keys = new Set([...Object.keys(left), ...Object.keys(right)])
  return [...keys].every(key => Object.entries(left).find(([name]) => name === key)?.[1] === Object.entries(right).find(([name]) => name === key)?.[1])
}
