import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const folder = fileURLToPath(new URL('../../server/engine/', import.meta.url))

/** What the engine's own configuration says about a file that uses every word of the template engine, and `source`. */
function complaints(source: string): readonly string[] {
  const probe = `${folder}probe.ts`
  const { config } = ts.readConfigFile(`${folder}tsconfig.json`, ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, folder)
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists } = host
  host.fileExists = name => name === probe || fileExists(name)
  host.getSourceFile = (name, ...rest) =>
    name === probe ? ts.createSourceFile(name, `import './language/index.ts'\n${source}`, ts.ScriptTarget.ES2023) : getSourceFile(name, ...rest)
  const program = ts.createProgram([probe], options, host)
  return program.getSemanticDiagnostics(program.getSourceFile(probe)).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
}

describe('the fence around the engine', () => {
  it('rule 1: what belongs to Node or a browser does not compile, whatever the packages mention', () => {
    const names = ['process', 'Buffer', 'setTimeout', 'fetch', 'console', 'URL', 'crypto', 'document']
    const said = complaints(`export const all = [${names.join(', ')}]\nimport 'node:fs'\nexport const fine = Intl`)
    for (const name of names)
      expect(
        said.some(message => message.includes(`'${name}'`)),
        name,
      ).toBe(true)
    expect(said).toHaveLength(names.length + 1)
  })
})
