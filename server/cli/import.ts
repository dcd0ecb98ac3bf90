/** `parley import`: flow files become drafts. */
import { type Problem, parseFlow, parseFlowTest } from '../engine/index.ts'
import { type Command, JSON_OPTION } from './command.ts'
import { wrongUsage } from './errors.ts'
import { findFiles, isTestFile, type PlacedProblem, placeProblems, readSource, type SourceFile } from './flow-files.ts'
import { type FlowHome, HOME_OPTIONS, withFlowHome } from './flow-home.ts'
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
  options: [['--tests', 'store files of flow tests (*.test.json) with their flows too'], ...HOME_OPTIONS, JSON_OPTION],
  examples: ['parley import flows', 'parley import flows/support.json --url https://chat.example.com --key …'],
  async run(call) {
    const { words, options, terminal } = call
    const names = findFiles(words, terminal.folder).filter(name => options.tests || !isTestFile(name))
    if (names.length === 0) throw wrongUsage('There are no flow files here.', 'Flow tests are stored with --tests.')
    const { flows, tests, refused } = readFiles(names.map(name => readSource(name, terminal.folder)))
    if (refused.length > 0) {
      if (options.json) terminal.print(JSON.stringify({ ok: false, flows: [], problems: refused }, null, 2))
      else {
        printProblems(refused, terminal)
        terminal.print('Nothing was stored.')
      }
      return 1
    }
    const { place, imported } = await withFlowHome(call, true, home => storeFiles(home, flows, tests))
    const stored = [...tests].map(([flow, { name }]) => ({ file: name, flow }))
    if (options.json) terminal.print(JSON.stringify({ ok: true, place, flows: imported, tests: stored }, null, 2))
    else {
      for (const { file, flow, is_new, problems } of imported) {
        terminal.print(`${file} stored as the draft of ${flow}${is_new ? ' (new)' : ''}`)
        printProblems(problems, terminal)
      }
      for (const { file, flow } of stored) terminal.print(`${file} stored as the tests of ${flow}`)
      const drafts = imported.map(({ flow }) => flow)
      const next = drafts.length === 0 ? '' : ` Publish with: parley publish ${drafts.join(' ')}`
      terminal.print(`${plural(drafts.length, 'draft')} stored in ${place}.${next}`)
    }
    return 0
  },
}

/** What the files hold, by flow, and what keeps them from being stored. */
function readFiles(sources: readonly SourceFile[]) {
  const flows = new Map<string, SourceFile>()
  const tests = new Map<string, SourceFile>()
  const refused: PlacedProblem[] = []
  for (const source of sources) {
    const isTests = isTestFile(source.name)
    const parsing = isTests ? parseFlowTest(source.text) : parseFlow(source.text)
    if (!parsing.ok) {
      refused.push(...placeProblems(source, parsing.problems))
      continue
    }
    const id = 'file' in parsing ? parsing.file.flow : parsing.flow.id
    const kept = isTests ? tests : flows
    const other = kept.get(id)
    if (other)
      refused.push(...placeProblems(source, [isTests ? twice('/flow', `The tests of “${id}” are`, other) : twice('/id', `The flow “${id}” is`, other)]))
    else kept.set(id, source)
  }
  return { flows, tests, refused }
}

async function storeFiles(home: FlowHome, flows: ReadonlyMap<string, SourceFile>, tests: ReadonlyMap<string, SourceFile>) {
  const isNew = new Map<string, boolean>()
  for (const [flow, source] of flows) isNew.set(flow, (await home.saveDraft(flow, source.text)).isNew)
  const imported: Imported[] = []
  for (const [flow, source] of flows) {
    // Storing the same again changes nothing and answers what is wrong now that the flows it names are there too.
    const { problems } = await home.saveDraft(flow, source.text)
    imported.push({ file: source.name, flow, is_new: isNew.get(flow) === true, problems: placeProblems(source, problems) })
  }
  for (const [flow, source] of tests) await home.saveTests(flow, source.text)
  return { place: home.place, imported }
}

function twice(at: string, what: string, other: SourceFile): Problem {
  return {
    code: 'duplicate_flow',
    severity: 'error',
    at,
    message: `${what} in ${other.name} too.`,
    hint: 'Give one of them another id, or leave one out.',
  }
}
