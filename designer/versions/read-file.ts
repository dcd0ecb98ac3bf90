/** Reads a file that somebody wants to import: a flow, flow tests, or why it is neither, in words for people. */
import { type Flow, type FlowTestFile, type Problem, parseFlow, parseFlowTest } from '../../server/engine/index.ts'
import { versions as words } from '../words/versions.ts'

/** What a file turned out to be. */
export type FileReading =
  | { readonly type: 'flow'; readonly flow: Flow; readonly migratedFrom?: number }
  | { readonly type: 'tests'; readonly file: FlowTestFile }
  | { readonly type: 'refused'; readonly title: string; readonly problems: readonly Problem[] }

/** A flow file is at most this large; reading a film as text would stop the page. */
const MOST_BYTES = 20 * 1024 * 1024

/** Reads a chosen file. Never throws. */
export async function readFile(file: File): Promise<FileReading> {
  if (file.size > MOST_BYTES) return refused(words.fileTooLarge(file.name))
  let bytes: ArrayBuffer
  try {
    bytes = await file.arrayBuffer()
  } catch {
    return refused(words.fileUnreadable(file.name))
  }
  try {
    return readText(new TextDecoder('utf-8', { fatal: true }).decode(bytes), file.name)
  } catch {
    return refused(words.fileNotText(file.name))
  }
}

/** Reads the text of a file. */
export function readText(text: string, name: string): FileReading {
  if (text.trim() === '') return refused(words.fileEmpty(name))
  const parsing = parseFlow(text)
  if (parsing.ok) return { type: 'flow', flow: parsing.flow, ...(parsing.migrated_from === undefined ? {} : { migratedFrom: parsing.migrated_from }) }
  const value = parseJson(text)
  if (value === undefined) return { type: 'refused', title: words.fileNotJson(name), problems: parsing.problems }
  if (Array.isArray(value)) return refused(words.fileIsList(name))
  if (typeof value !== 'object' || value === null) return refused(words.fileIsNoFlow(name))
  if ('tests' in value) {
    const tests = parseFlowTest(text)
    return tests.ok ? { type: 'tests', file: tests.file } : { type: 'refused', title: words.testsNotWellFormed(name), problems: tests.problems }
  }
  if (parsing.problems.some(problem => problem.code === 'newer_format' || problem.code === 'newer_release'))
    return { type: 'refused', title: words.fileIsNewer(name), problems: parsing.problems }
  if (!('blocks' in value) && !('format' in value)) return refused(words.fileIsNoFlow(name))
  return { type: 'refused', title: words.fileNotWellFormed(name), problems: parsing.problems }
}

function refused(title: string): FileReading {
  return { type: 'refused', title, problems: [] }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
