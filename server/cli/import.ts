/** `parley import`: flow files become drafts. */
import { type Problem, parseFlow } from '../engine/index.ts'
import { type Command, JSON_OPTION } from './command.ts'
import { wrongUsage } from './errors.ts'
import { findFiles, isTestFile, type PlacedProblem, placeProblems, readSource, type SourceFile } from './flow-files.ts'
import { HOME_OPTIONS, withFlowHome } from './flow-home.ts'
import { plural, printProblems } from './print-problems.ts'

interface Imported {
  readonly file: string
  readonly flow: string
  readonly is_new: boolean
  readonly problems: readonly PlacedProblem[]
}

/** Stores every file as a draft, or none when one of them is not well-formed. */
export const importFlows: Command = {
  name: 'import',
  summary: 'store flow files as drafts',
  details: 'A draft that is there is replaced; what is live stays as it is until `parley publish`. When a file is not well-formed, nothing is stored.',
  words: ['<files...>', 'flow files or folders of them'],
  options: [...HOME_OPTIONS, JSON_OPTION],
  examples: ['parley import flows', 'parley import flows/support.json --url https://chat.example.com --key …'],
  async run(call) {
    const { words, options, terminal } = call
    const names = findFiles(words, terminal.folder).filter(name => !isTestFile(name))
    if (names.length === 0) throw wrongUsage('There are no flow files here.', 'Flow tests stay in files.')
    const sources = names.map(name => readSource(name, terminal.folder))
    const flows = new Map<string, SourceFile>()
    const refused: PlacedProblem[] = []
    for (const source of sources) {
      const parsing = parseFlow(source.text)
      if (!parsing.ok) refused.push(...placeProblems(source, parsing.problems))
      else if (flows.has(parsing.flow.id)) refused.push(...placeProblems(source, [twice(parsing.flow.id, flows.get(parsing.flow.id)?.name ?? '')]))
      else flows.set(parsing.flow.id, source)
    }
    if (refused.length > 0) {
      if (options.json) terminal.print(JSON.stringify({ ok: false, flows: [], problems: refused }, null, 2))
      else {
        printProblems(refused, terminal)
        terminal.print('Nothing was stored.')
      }
      return 1
    }
    const imported: Imported[] = []
    const place = await withFlowHome(call, true, async home => {
      for (const [flow, source] of flows) {
        const { isNew, problems } = await home.saveDraft(flow, source.text)
        imported.push({ file: source.name, flow, is_new: isNew, problems: placeProblems(source, problems) })
      }
      return home.place
    })
    if (options.json) terminal.print(JSON.stringify({ ok: true, place, flows: imported }, null, 2))
    else {
      for (const { file, flow, is_new, problems } of imported) {
        terminal.print(`${file} stored as the draft of ${flow}${is_new ? ' (new)' : ''}`)
        printProblems(problems, terminal)
      }
      terminal.print(`${plural(imported.length, 'draft')} stored in ${place}. Publish with: parley publish ${imported.map(({ flow }) => flow).join(' ')}`)
    }
    return 0
  },
}

function twice(id: string, other: string): Problem {
  return { code: 'duplicate_flow', severity: 'error', at: '/id', message: `The flow "${id}" is in ${other} too.`, hint: 'Give one of them another id.' }
}
