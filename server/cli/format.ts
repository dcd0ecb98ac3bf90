/** `parley format`: the one way to print a flow, so that a diff shows what changed and nothing else. */
import { writeFileSync } from 'node:fs'
import { parseFlow, printFlow } from '../engine/index.ts'
import { type Command, type ExitCode, JSON_OPTION } from './command.ts'
import { findFiles, isTestFile, type PlacedProblem, placeProblems, readSource, type SourceFile } from './flow-files.ts'
import { plural, printProblems } from './print-problems.ts'

interface Formatted {
  readonly file: string
  readonly changed: boolean
  readonly migrated_from?: number
  readonly problems: readonly PlacedProblem[]
}

/** Writes flow files in their canonical form; older formats become the current one. */
export const format: Command = {
  name: 'format',
  summary: 'print flow files in their canonical form',
  details: 'A file of an older format is written in the current one. Flow tests (*.test.json) have no canonical form and are left alone.',
  words: ['<files...>', 'flow files or folders of them'],
  options: [['--check', 'write nothing; exit with 1 when a file would change'], JSON_OPTION],
  examples: ['parley format flows', 'parley format --check flows'],
  async run({ words, options, terminal }) {
    const isCheck = options.check === true
    const names = findFiles(words, terminal.folder).filter(name => !isTestFile(name))
    const files = names.map(name => formatFile(readSource(name, terminal.folder), isCheck))
    const changed = files.filter(file => file.changed)
    const problems = files.flatMap(file => file.problems)
    const exit: ExitCode = problems.length > 0 || (isCheck && changed.length > 0) ? 1 : 0
    if (options.json) {
      terminal.print(JSON.stringify({ ok: exit === 0, files }, null, 2))
      return exit
    }
    printProblems(problems, terminal)
    for (const { file, migrated_from } of changed) {
      terminal.print(`${file} ${isCheck ? 'is not canonical' : 'written'}${migrated_from === undefined ? '' : ` (from format ${migrated_from})`}`)
    }
    terminal.print(`${plural(files.length, 'file')}: ${changed.length} ${isCheck ? 'to change' : 'changed'}.`)
    return exit
  },
}

function formatFile(source: SourceFile, isCheck: boolean): Formatted {
  const parsing = parseFlow(source.text)
  if (!parsing.ok) return { file: source.name, changed: false, problems: placeProblems(source, parsing.problems) }
  const printed = printFlow(parsing.flow)
  const changed = printed !== source.text
  if (changed && !isCheck) writeFileSync(source.path, printed)
  const { migrated_from } = parsing
  return { file: source.name, changed, ...(migrated_from === undefined ? {} : { migrated_from }), problems: [] }
}
