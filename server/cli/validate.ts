/** `parley validate`: everything that is wrong with flow files, before anybody talks to them. */
import { type Abilities, lintFlow, parseFlow, parseFlowTest } from '../engine/index.ts'
import { mustKnowChannel } from './channel-names.ts'
import { type Command, JSON_OPTION } from './command.ts'
import { findFiles, flowsBeside, isTestFile, type PlacedProblem, placeProblems, readSource, type SourceFile } from './flow-files.ts'
import { countProblems, plural, printProblems } from './print-problems.ts'

/** Reads and lints files; errors are those that keep a flow from being published. */
export const validate: Command = {
  name: 'validate',
  summary: 'check flow files and files of flow tests',
  details: 'Errors keep a flow from being published, warnings do not. Names of queues are checked by the server that has them.',
  words: ['<files...>', 'flow files, flow tests (*.test.json) or folders of them'],
  options: [['--channels <names>', 'check the limits of these channels too, like telegram,messenger'], ['--strict', 'warnings count as errors'], JSON_OPTION],
  examples: ['parley validate flows', 'parley validate flows/support.json --channels telegram,messenger --strict', 'parley validate flows --json'],
  async run({ words, options, terminal }) {
    const channels = typeof options.channels === 'string' ? options.channels.split(',').map(name => mustKnowChannel(name.trim())) : []
    const sources = findFiles(words, terminal.folder).map(name => readSource(name, terminal.folder))
    const files = sources.map(source => ({ file: source.name, problems: check(source, channels) }))
    const problems = files.flatMap(file => file.problems)
    const isBad = (found: readonly PlacedProblem[]) => found.some(problem => problem.severity === 'error' || options.strict === true)
    if (options.json) {
      const answer = { ok: !isBad(problems), files: files.map(file => ({ file: file.file, ok: !isBad(file.problems), problems: file.problems })) }
      terminal.print(JSON.stringify(answer, null, 2))
    } else {
      printProblems(problems, terminal)
      terminal.print(`${plural(files.length, 'file')}: ${countProblems(problems)}.`)
    }
    return isBad(problems) ? 1 : 0
  },
}

function check(source: SourceFile, channels: readonly Abilities[]): readonly PlacedProblem[] {
  if (isTestFile(source.name)) {
    const parsing = parseFlowTest(source.text)
    return parsing.ok ? [] : placeProblems(source, parsing.problems)
  }
  const parsing = parseFlow(source.text)
  if (!parsing.ok) return placeProblems(source, parsing.problems)
  const flows = new Set([...flowsBeside(source.path).keys(), parsing.flow.id])
  return placeProblems(source, lintFlow(parsing.flow, { channels, flows }))
}
