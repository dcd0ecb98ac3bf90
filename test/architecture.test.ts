/** Keeps the folders apart: who may import whom, no cycles, and an engine that knows no clock, no chance and no machine. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')

interface Import {
  readonly file: string
  /** The file imported, from the root; undefined for a package. */
  readonly target: string | undefined
  readonly specifier: string
  readonly typeOnly: boolean
}

function sourcesOf(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map(name => join(folder, name))
    .filter(name => /\.(ts|tsx|js)$/.test(name) && !name.endsWith('.d.ts') && statSync(join(root, name)).isFile())
    .sort()
}

function importsOf(file: string): Import[] {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true)
  const found: Import[] = []
  const add = (specifier: string, typeOnly: boolean) => {
    const target = specifier.startsWith('.') ? relative(root, resolve(root, dirname(file), specifier)) : undefined
    found.push({ file, target, specifier, typeOnly })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) add(node.moduleSpecifier.text, isTypeOnly(node))
    if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) add(node.moduleSpecifier.text, node.isTypeOnly)
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments
      if (argument && ts.isStringLiteral(argument)) add(argument.text, false)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function isTypeOnly(node: ts.ImportDeclaration): boolean {
  const clause = node.importClause
  if (!clause) return false
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  const bindings = clause.namedBindings
  return (
    !clause.name &&
    bindings !== undefined &&
    ts.isNamedImports(bindings) &&
    bindings.elements.length > 0 &&
    bindings.elements.every(element => element.isTypeOnly)
  )
}

const serverFiles = sourcesOf('server')
const designerFiles = sourcesOf('designer')
const imports = [...serverFiles, ...designerFiles].flatMap(importsOf)

/** The folder a rule speaks of: `server/channels/telegram`, `server/store`, `designer`. */
function folderOf(file: string): string {
  const [top = '', second = '', third = ''] = file.split('/')
  if (top !== 'server') return top
  if (second === 'channels' && third.includes('.')) return 'server/channels'
  return second === 'channels' ? `server/channels/${third}` : second.includes('.') ? `server/${second}` : `server/${second}`
}

const isChannelAbilities = (target: string) => /^server\/channels\/([a-z]+\/)?abilities\.ts$/.test(target)

/** The table of the house style. What a folder may import besides itself; `true` for a whole folder by its `index.ts`. */
const MAY: Readonly<Record<string, (target: string, typeOnly: boolean) => boolean>> = {
  'server/engine': () => false,
  'server/store': target => isEngine(target),
  'server/runtime': target => isEngine(target) || isStore(target) || isContract(target),
  'server/desk': target => isEngine(target) || isStore(target) || isIndex(target, 'server/runtime'),
  'server/api': target =>
    isEngine(target) ||
    isStore(target) ||
    isIndex(target, 'server/runtime') ||
    isIndex(target, 'server/desk') ||
    isContract(target) ||
    isChannelAbilities(target),
  'server/cli': target => isEngine(target) || isStore(target) || isChannelAbilities(target) || isStartingPoint(target),
}

/** Where parts are put together: what the command line starts, and the settings it starts them with. */
const isStartingPoint = (target: string) => /^server\/(main|offline-flows|settings)\.ts$/.test(target)
const isIndex = (target: string, folder: string) => target === `${folder}/index.ts`
const isEngine = (target: string) => isIndex(target, 'server/engine')
const isStore = (target: string) => isIndex(target, 'server/store')
const isContract = (target: string) => target === 'server/channels/channel.ts'

function channelMay(target: string): boolean {
  const beside = /^server\/channels\/[a-z_-]+\.ts$/.test(target) && target !== 'server/channels/index.ts'
  return beside || isEngine(target) || target === 'server/engine/abilities.ts'
}

describe('architecture', () => {
  it('reads a tree worth checking', () => {
    expect(serverFiles.length).toBeGreaterThan(100)
    expect(imports.length).toBeGreaterThan(500)
  })

  it('keeps the table of who may import whom', () => {
    const wrong = imports.filter(({ file, target, typeOnly }) => {
      if (!target) return false
      const [from, to] = [folderOf(file), folderOf(target)]
      if (from === to) return false
      if (from === 'designer') return !(isEngine(target) || (typeOnly && /^server\/api\/(webchat-)?contract\.ts$/.test(target)))
      if (from.startsWith('server/channels/')) return !channelMay(target)
      if (from === 'server/channels') return !(isEngine(target) || target === 'server/engine/abilities.ts' || to.startsWith('server/channels/'))
      const may = MAY[from]
      return may ? !may(target, typeOnly) : false
    })
    expect(wrong.map(({ file, specifier }) => `${file} may not import ${specifier}`)).toEqual([])
  })

  it('imports files, not index.ts, inside a folder', () => {
    const wrong = imports.filter(({ file, target }) => target !== undefined && target === join(dirname(file), 'index.ts'))
    expect(wrong.map(({ file, specifier }) => `${file} imports ${specifier}; name the file that has it`)).toEqual([])
  })

  it('keeps a channel away from the others, the store, the runtime and Express', () => {
    const wrong = imports.filter(
      ({ file, specifier }) => folderOf(file).startsWith('server/channels') && ['express', 'kysely', 'better-sqlite3'].includes(specifier),
    )
    expect(wrong.map(({ file, specifier }) => `${file} may not import ${specifier}`)).toEqual([])
  })

  it('keeps Kysely in the store, Express in the api and React Flow in the canvas', () => {
    const homes: Readonly<Record<string, RegExp>> = {
      kysely: /^server\/store\//,
      'better-sqlite3': /^server\/store\//,
      express: /^server\/api\//,
      reactflow: /^designer\/canvas\//,
    }
    const wrong = imports.filter(({ file, specifier }) => homes[specifier] !== undefined && !homes[specifier].test(file))
    expect(wrong.map(({ file, specifier }) => `${file} may not import ${specifier}`)).toEqual([])
  })

  it('loads late what it uses of the engine by a file of its own, as an import of the whole engine loads all of it', () => {
    const wrong = designerFiles.filter(file => /\bimport\(\s*'[^']*server\/engine\//.test(readFileSync(join(root, file), 'utf8')))
    expect(wrong).toEqual([])
  })

  it('has no cycles', () => {
    expect(findCycle(imports.filter(one => !one.typeOnly))).toBeUndefined()
  })

  it('exports by name, never everything, and nothing by default', () => {
    const wrong = [...serverFiles, ...designerFiles].filter(
      file => /^export (\*|default)/m.test(readFileSync(join(root, file), 'utf8')) && !file.endsWith('.gen.js'),
    )
    expect(wrong).toEqual([])
  })

  it('has no folder for leftovers', () => {
    const names = new Set([...serverFiles, ...designerFiles].flatMap(file => dirname(file).split('/')))
    expect(['utils', 'helpers', 'common', 'shared', 'misc', 'lib'].filter(name => names.has(name))).toEqual([])
  })

  it('keeps clock, chance and machine out of the engine', () => {
    const refused: readonly [RegExp, string][] = [
      [/\bDate\.now\b/, 'context.now'],
      [/\bnew Date\(\s*\)/, 'context.now'],
      [/\bMath\.random\b/, 'turn.random()'],
      [/\.toLocale[A-Z]\w*/, 'a function of language/'],
      [/\bfrom 'node:/, 'an event or the context'],
      [/\b(process|globalThis|performance)\./, 'the context'],
    ]
    const wrong = serverFiles
      .filter(file => file.startsWith('server/engine/') && !file.endsWith('.gen.js'))
      .flatMap(file => {
        const text = withoutComments(readFileSync(join(root, file), 'utf8'))
        const intl: readonly [RegExp, string][] = file.startsWith('server/engine/language/') ? [] : [[/\bIntl\./, 'a function of language/']]
        return [...refused, ...intl].filter(([pattern]) => pattern.test(text)).map(([pattern, instead]) => `${file}: ${pattern.source} – use ${instead}`)
      })
    expect(wrong).toEqual([])
  })
})

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
}

/** The files of one cycle, or undefined. */
function findCycle(edges: readonly Import[]): string[] | undefined {
  const next = new Map<string, string[]>()
  for (const { file, target } of edges) if (target) next.set(file, [...(next.get(file) ?? []), target])
  const done = new Set<string>()
  const path: string[] = []
  const visit = (file: string): string[] | undefined => {
    const at = path.indexOf(file)
    if (at >= 0) return [...path.slice(at), file]
    if (done.has(file)) return undefined
    path.push(file)
    for (const target of next.get(file) ?? []) {
      const cycle = visit(target)
      if (cycle) return cycle
    }
    path.pop()
    done.add(file)
    return undefined
  }
  for (const file of next.keys()) {
    const cycle = visit(file)
    if (cycle) return cycle
  }
  return undefined
}
