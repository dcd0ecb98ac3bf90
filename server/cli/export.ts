/** `parley export`: stored flows as canonical files, to be reviewed and kept in git. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DomainError } from '../engine/index.ts'
import { type Command, JSON_OPTION } from './command.ts'
import { wrongUsage } from './errors.ts'
import { type FlowHome, HOME_OPTIONS, withFlowHome } from './flow-home.ts'
import { plural } from './print-problems.ts'

/** Writes drafts, or what is live, as files named after their flows. */
export const exportFlows: Command = {
  name: 'export',
  summary: 'write stored flows as files',
  words: ['[ids...]', 'ids of flows'],
  options: [
    ['--all', 'every flow'],
    ['--live', 'the live version instead of the draft; with --all, only flows that have one'],
    ['--tests', 'the flow tests that are kept with them too, as <id>.test.json'],
    ['--folder <folder>', 'where to write; flows when it is left out'],
    ['--stdout', 'print the files instead of writing them'],
    ...HOME_OPTIONS,
    JSON_OPTION,
  ],
  examples: ['parley export support', 'parley export --all --live --folder flows', 'parley export support --stdout --url https://chat.example.com --key …'],
  async run(call) {
    const { words, options, terminal } = call
    const isAll = options.all === true
    if (isAll === words.length > 0) throw wrongUsage(isAll ? 'Either ids or --all, not both.' : 'Which flows? Give their ids, or --all.')
    const [flows, tests] = await withFlowHome(call, false, async home => {
      const read = await readFlows(home, isAll ? undefined : words, options.live === true)
      return [read, options.tests ? await readTests(home, read) : []]
    })
    if (options.stdout) {
      if (options.json)
        terminal.print(
          JSON.stringify(
            flows.map(({ text }) => JSON.parse(text)),
            null,
            2,
          ),
        )
      else for (const { text } of flows) terminal.print(text.trimEnd())
      return 0
    }
    const folder = typeof options.folder === 'string' ? options.folder : 'flows'
    const write = (flow: string, name: string, text: string) => ({
      flow,
      file: join(folder, name),
      changed: writeIfNew(resolve(terminal.folder, folder), name, text),
    })
    const files = [...flows.map(({ id, text }) => write(id, `${id}.json`, text)), ...tests.map(({ id, text }) => write(id, `${id}.test.json`, text))]
    if (options.json) terminal.print(JSON.stringify({ ok: true, files }, null, 2))
    else {
      for (const { file, changed } of files) terminal.print(`${file} ${changed ? 'written' : 'is the same already'}`)
      terminal.print(`${plural(flows.length, 'flow')} exported.`)
    }
    return 0
  },
}

async function readFlows(
  home: FlowHome,
  ids: readonly string[] | undefined,
  isLive: boolean,
): Promise<readonly { readonly id: string; readonly text: string }[]> {
  const flows: { id: string; text: string }[] = []
  for (const id of ids ?? (await home.list())) {
    try {
      flows.push({ id, text: isLive ? await home.live(id) : await home.draft(id) })
    } catch (error) {
      const isSkipped = ids === undefined && error instanceof DomainError && error.code === 'flow.not_live'
      if (!isSkipped) throw error
    }
  }
  return flows
}

async function readTests(home: FlowHome, flows: readonly { readonly id: string }[]): Promise<readonly { readonly id: string; readonly text: string }[]> {
  const found: { id: string; text: string }[] = []
  for (const { id } of flows) {
    const text = await home.tests(id)
    if (text !== undefined) found.push({ id, text })
  }
  return found
}

/** Leaves a file that is the same alone, so that tools which watch it stay quiet. */
function writeIfNew(folder: string, name: string, text: string): boolean {
  const path = join(folder, name)
  try {
    if (readFileSync(path, 'utf8') === text) return false
  } catch {
    // It is not there yet.
  }
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(path, text)
  } catch (error) {
    throw new DomainError('cli.unwritable', { message: `The file ${path} cannot be written.`, hint: 'Choose another place with --folder.', cause: error })
  }
  return true
}
