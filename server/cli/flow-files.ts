/** Flow files and files of flow tests on disk, as commands are given them. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { type CompiledFlow, compileFlow, type Flow, type FlowParsing, flowHash, type Problem, parseFlow, readJson } from '../engine/index.ts'
import { wrongUsage } from './errors.ts'
import { findSpans, positionOf, spanOf } from './positions.ts'

/** A problem with the place in the file that it is about. */
export interface PlacedProblem extends Problem {
  /** As it was given on the command line. */
  readonly file: string
  readonly line: number
  readonly column: number
}

/** A file as it was read. */
export interface SourceFile {
  /** Absolute. */
  readonly path: string
  /** As it was given on the command line, or relative to the folder. */
  readonly name: string
  readonly text: string
}

/** Files of flow tests are known by their names. */
export function isTestFile(name: string): boolean {
  return name.endsWith('.test.json')
}

/** The files that words of a command line name; a folder stands for the JSON files in it. Throws `cli.wrong_usage` for what is not there. */
export function findFiles(words: readonly string[], folder: string): readonly string[] {
  return words.flatMap(word => {
    const path = resolve(folder, word)
    try {
      if (!statSync(path).isDirectory()) return [word]
    } catch {
      throw wrongUsage(`There is no file ${word}.`)
    }
    const inside = listJson(path)
    if (inside.length === 0) throw wrongUsage(`There is no JSON file in the folder ${word}.`)
    return inside.map(name => join(word, name))
  })
}

/** The names of the JSON files of a folder, sorted; none when it cannot be read. */
export function listJson(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter(name => name.endsWith('.json'))
      .sort()
  } catch {
    return []
  }
}

/** Reads a file. Throws `cli.wrong_usage` when it cannot be read. */
export function readSource(name: string, folder: string): SourceFile {
  const path = resolve(folder, name)
  try {
    return { path, name, text: readFileSync(path, 'utf8') }
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    throw wrongUsage(isMissing ? `There is no file ${name}.` : `The file ${name} cannot be read.`)
  }
}

/** Says where in the file problems are. */
export function placeProblems(source: SourceFile, problems: readonly Problem[]): readonly PlacedProblem[] {
  const reading = readJson(source.text)
  // Then there is one problem: the mistake itself, whose place is not a value yet.
  if (!reading.ok)
    return problems.map(problem => ({ ...problem, message: sentence(reading.message), file: source.name, line: reading.line, column: reading.column }))
  const spans = findSpans(source.text)
  return problems.map(problem => ({ ...problem, file: source.name, ...positionOf(source.text, spanOf(spans, problem.at)?.start ?? 0) }))
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
}

/** Well-formed flows of the folder a file is in, by id, with the file's own first. */
export function flowsBeside(path: string): ReadonlyMap<string, { readonly path: string; readonly flow: Flow }> {
  const folder = dirname(path)
  const flows = new Map<string, { readonly path: string; readonly flow: Flow }>()
  const twin = basename(path).replace(/\.test\.json$/, '.json')
  for (const name of [twin, ...listJson(folder).filter(other => other !== twin)]) {
    if (isTestFile(name)) continue
    const parsing = tryParse(join(folder, name))
    if (parsing?.ok && !flows.has(parsing.flow.id)) flows.set(parsing.flow.id, { path: join(folder, name), flow: parsing.flow })
  }
  return flows
}

function tryParse(path: string): FlowParsing | undefined {
  try {
    return parseFlow(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** Answers compiled flows of a folder, each compiled when it is first asked for; undefined for one that is not there or cannot run. */
export function compileBeside(path: string): (id: string) => CompiledFlow | undefined {
  const files = flowsBeside(path)
  const compiled = new Map<string, CompiledFlow | undefined>()
  return id => {
    const file = files.get(id)
    if (file && !compiled.has(id)) {
      const compilation = compileFlow(file.flow, { version: 1, hash: flowHash(file.flow) })
      compiled.set(id, compilation.ok ? compilation.flow : undefined)
    }
    return compiled.get(id)
  }
}

/** How a file is named to people in a folder. */
export function nameIn(folder: string, path: string): string {
  const name = relative(folder, path)
  return name === '' || name.startsWith('..') ? path : name
}
