/** `parley simulate`: a chat with a flow in the terminal, on the engine that runs it later. */
import { resolve } from 'node:path'
import { type Abilities, compileFlow, type FlowTestSetting, type FlowTestWorld, flowHash, parseFlow, playFlowTests } from '../engine/index.ts'
import { abilitiesOf, mustKnowChannel } from './channel-names.ts'
import type { Call, Command, ExitCode } from './command.ts'
import { wrongUsage } from './errors.ts'
import { compileBeside, nameIn, placeProblems, readSource, type SourceFile } from './flow-files.ts'
import { printProblems } from './print-problems.ts'
import { readLine, SIMULATOR_HELP, type SimulatorAction } from './simulate-lines.ts'
import { saveTest, schemaBeside } from './simulate-save.ts'
import { type Show, showAsJson, showAsText } from './simulate-show.ts'
import { Talk } from './simulate-talk.ts'
import type { Terminal } from './terminal.ts'

/** Talks with the flow until the input ends. */
export const simulate: Command = {
  name: 'simulate',
  summary: 'chat with a flow in the terminal',
  details: `${SIMULATOR_HELP.join('\n')}\n\nTime stands still until /pass. Read from a pipe, the lines are played in turn and the exit code is 1 when one was refused.`,
  words: ['<flow>', 'a flow file'],
  options: [
    ['--channel <name>', 'whose limits and abilities apply; webchat when it is left out'],
    ['--language <code>', 'the language the channel tells of the contact, like de'],
    ['--contact <fields>', 'what is known of the contact, like first_name=Ana,phone=+4930123456'],
    ['--now <time>', 'when it begins, like 2026-03-02T09:00:00Z; now when it is left out'],
    ['--json', 'print what happens as a JSON value a line, for scripts'],
  ],
  examples: [
    'parley simulate flows/support.json',
    'parley simulate flows/support.json --channel telegram --contact first_name=Ana',
    `printf 'hi\\n/press 1\\n/save flows/support.test.json\\n' | parley simulate flows/support.json`,
  ],
  async run(call) {
    const { words, options, terminal } = call
    const source = readSource(words[0] ?? '', terminal.folder)
    const channel = typeof options.channel === 'string' ? options.channel : 'webchat'
    const abilities = mustKnowChannel(channel)
    const setting = readSetting(call, channel)
    const show = options.json ? showAsJson(terminal) : showAsText(terminal)
    const world = openWorld(source, terminal)
    if (!world) return 1
    if (terminal.interactive) show.said(`${world.flow.flow.name} on ${abilities.title}. Type to write as the contact; /? shows what else you can do.`)
    return await converse({ source, terminal, show, world, setting, abilities })
  },
}

/** What a conversation in the simulator is held with. */
interface Scene {
  readonly source: SourceFile
  readonly terminal: Terminal
  readonly show: Show
  readonly world: FlowTestWorld
  readonly setting: FlowTestSetting
  readonly abilities: Abilities
}

/** Prints why the flow cannot run, or answers what it runs in. */
function openWorld(source: SourceFile, terminal: Terminal): FlowTestWorld | undefined {
  const parsing = parseFlow(source.text)
  const compilation = parsing.ok ? compileFlow(parsing.flow, { version: 1, hash: flowHash(parsing.flow) }) : parsing
  if (compilation.ok) return { flow: compilation.flow, flowOf: compileBeside(source.path), abilitiesOf }
  printProblems(placeProblems(source, compilation.problems), terminal)
  return undefined
}

async function converse(scene: Scene): Promise<ExitCode> {
  const { terminal, show, world, setting, abilities } = scene
  const talk = new Talk(setting, world, abilities)
  let wasRefused = false
  const refuse = (message: string) => {
    wasRefused = true
    show.refused(message)
  }
  for await (const line of terminal.lines('> ')) {
    const action = readLine(line)
    if (!action) continue
    show.typed(line.trim())
    if (action.type === 'quit') break
    const refusal = await act(action, talk, scene)
    if (refusal !== undefined) refuse(refusal)
  }
  return wasRefused && !terminal.interactive ? 1 : 0
}

/** Carries out a line; a sentence when it cannot be. */
async function act(action: SimulatorAction, talk: Talk, scene: Scene): Promise<string | undefined> {
  const { show } = scene
  switch (action.type) {
    case 'play': {
      const before = talk.state().now
      const { seen, refusal } = talk.play(action.steps)
      show.seen(seen)
      const isClockMoved = action.steps.some(step => step.pass !== undefined || step.until !== undefined)
      if (isClockMoved && talk.state().now > before) show.time(talk.state().now)
      return refusal
    }
    case 'press': {
      const press = findButton(action.button, talk)
      if (press.refusal !== undefined) return press.refusal
      const { seen, refusal } = talk.play([{ press: press.choice }])
      show.seen(seen)
      return refusal
    }
    case 'why':
      show.why(talk.trace())
      return undefined
    case 'vars':
      show.state(talk.state())
      return undefined
    case 'back':
      if (!talk.back()) return 'There is nothing to take back.'
      show.said('Taken back.')
      return undefined
    case 'restart':
      talk.restart()
      show.said('A new conversation begins.')
      return undefined
    case 'help':
      for (const line of SIMULATOR_HELP) show.said(line)
      return undefined
    case 'save':
      return save(action.file, action.name, talk, scene)
    case 'refuse':
      return action.message
    case 'quit':
      return undefined
  }
}

/** A number means a button of the last message that has some; anything else is looked for in all of them. */
function findButton(given: string, talk: Talk): { readonly choice: string; readonly refusal?: undefined } | { readonly refusal: string } {
  if (!/^\d{1,2}$/.test(given)) return { choice: given }
  const buttons = talk.state().deliveries.findLast(delivery => (delivery.message.buttons?.length ?? 0) > 0)?.message.buttons ?? []
  const button = buttons[Number(given) - 1]
  if (!button)
    return { refusal: buttons.length === 0 ? 'No button was shown. Where the channel has none, type the number.' : `There are ${buttons.length} buttons.` }
  if (button.payload === undefined) return { refusal: `“${button.label}” opens ${button.url ?? 'an address'}; the flow does not hear of it.` }
  return { choice: button.payload.slice(button.payload.indexOf(':') + 1) }
}

function save(file: string, given: string, talk: Talk, { source, terminal, show, world, setting }: Scene): string | undefined {
  const name = given || `a conversation recorded ${setting.now ?? ''}`.trim()
  const test = talk.toTest(name)
  if (!test) return 'There is nothing to save yet.'
  const { flow } = world
  const failure = playFlowTests({ flow: flow.id, tests: [test] }, world).tests[0]?.failure
  // Then the simulator and the tests disagree, which must not end up in somebody's repository.
  if (failure) return `The run does not repeat itself: step ${failure.step + 1}, ${failure.message}`
  const path = resolve(terminal.folder, file)
  const refusal = saveTest(path, flow.id, schemaBeside(source.path, flow.flow.$schema, path), test)
  if (refusal === undefined) show.said(`Saved as “${name}” in ${nameIn(terminal.folder, path)}.`)
  return refusal
}

function readSetting({ options, terminal }: Call, channel: string): FlowTestSetting {
  const { language, now, contact } = options
  if (typeof language === 'string' && !/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language))
    throw wrongUsage(`“${language}” is no language.`, 'It looks like en or pt-BR.')
  if (typeof now === 'string' && (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})$/.test(now) || Number.isNaN(Date.parse(now)))) {
    throw wrongUsage(`“${now}” is no time.`, 'It looks like 2026-03-02T09:00:00Z.')
  }
  return {
    ...(channel === 'webchat' ? {} : { channel }),
    ...(typeof language === 'string' ? { language } : {}),
    ...(typeof contact === 'string' ? { contact: readContact(contact) } : {}),
    now: typeof now === 'string' ? now : new Date(terminal.now()).toISOString().replace(/\.\d+Z$/, 'Z'),
  }
}

function readContact(given: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    given.split(',').map(field => {
      const [, name = '', value = ''] = /^([a-z][a-z0-9_]{0,39})=(.*)$/.exec(field.trim()) ?? []
      if (name === '') throw wrongUsage(`“${field}” says nothing of the contact.`, 'It looks like first_name=Ana,phone=+4930123456.')
      return [name, value]
    }),
  )
}
