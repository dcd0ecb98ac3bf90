/** `parley publish`: drafts become live versions. */
import { DomainError, type Problem } from '../engine/index.ts'
import type { MoveChoices } from '../offline-flows.ts'
import { type Command, JSON_OPTION } from './command.ts'
import { exitCodeOf, wrongUsage } from './errors.ts'
import { HOME_OPTIONS, withFlowHome } from './flow-home.ts'
import { plural, printStoredProblems } from './print-problems.ts'

interface Publication {
  readonly flow: string
  readonly ok: boolean
  readonly version?: number
  readonly hash?: string
  readonly move?: { readonly total: number }
  readonly problems?: readonly Problem[]
}

/** Publishes each flow that has no errors; running conversations stay on their version unless `--move` says otherwise. */
export const publish: Command = {
  name: 'publish',
  summary: 'make drafts live',
  details: 'A draft that is live already stays the version it is. A draft with errors is refused; the others are published all the same.',
  words: ['<ids...>', 'ids of flows'],
  options: [
    ['--note <text>', 'what changed, for the history'],
    ['--move <choices>', 'what becomes of running conversations, by the block they wait in: block=move, block=restart or block=stay, with commas between'],
    ...HOME_OPTIONS,
    JSON_OPTION,
  ],
  examples: [
    'parley publish support --note "Ask for the order number first"',
    'parley import flows && parley publish support orders',
    'parley publish support --move order_number=move,old_menu=restart',
  ],
  async run(call) {
    const { words, options, terminal } = call
    const note = typeof options.note === 'string' ? options.note : ''
    const moves = readMoves(options.move)
    if (words.length > 1 && Object.keys(moves).length > 0) throw wrongUsage('--move names blocks of one flow.', 'Publish the others by themselves.')
    const publications = await withFlowHome(call, false, async home => {
      const made: Publication[] = []
      for (const flow of words) {
        try {
          made.push({ flow, ok: true, ...(await home.publish(flow, note, moves)) })
        } catch (error) {
          // What only concerns this flow must not keep the next one from being published.
          if (!(error instanceof DomainError) || exitCodeOf(error) !== 1) throw error
          made.push({ flow, ok: false, problems: problemsIn(error) })
        }
      }
      return made
    })
    const isGood = publications.every(publication => publication.ok)
    if (options.json) terminal.print(JSON.stringify({ ok: isGood, flows: publications }, null, 2))
    else {
      for (const { flow, version, problems, move } of publications) {
        const errors = problems?.filter(problem => problem.severity === 'error')
        if (errors) printStoredProblems(flow, errors, terminal)
        else terminal.print(`${flow} is live as version ${version}.${move ? ` ${plural(move.total, 'conversation')} to move or start again.` : ''}`)
      }
      if (!isGood) terminal.complain(`parley: ${plural(publications.filter(publication => !publication.ok).length, 'flow')} not published.`)
    }
    return isGood ? 0 : 1
  },
}

/** `ask=move,wait=restart` as choices by block. Throws `cli.wrong_usage` for anything else. */
function readMoves(option: string | true | undefined): MoveChoices {
  const given = typeof option === 'string' ? option.split(',') : []
  return Object.fromEntries(
    given.map(pair => {
      const [block = '', choice] = pair.trim().split('=')
      if (block !== '' && (choice === 'stay' || choice === 'move' || choice === 'restart')) return [block, choice]
      throw wrongUsage(`“${pair.trim()}” is no choice for --move.`, 'It looks like order_number=move; after the = comes stay, move or restart.')
    }),
  )
}

/** A flow with errors brings its problems; any other refusal is one itself. */
function problemsIn(error: DomainError): readonly Problem[] {
  const { problems } = error.details
  return Array.isArray(problems) && problems.length > 0 ? problems : [{ code: error.code, severity: 'error', at: error.at ?? '', message: error.message }]
}
