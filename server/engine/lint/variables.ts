/** `undeclared_variable`, `unused_variable` and `unused_intent`: names in texts and settings against what the flow declares (rule 36). */
import type { Problem } from '../errors.ts'
import { below } from '../file/json-schema.ts'
import { type Around, blockProblem, didYouMean, eachBlock, type FlowRule, inWords } from './view.ts'

/** What can be read apart from `vars`; `contact` has the declared contact fields besides. */
const ROOTS: Readonly<Record<string, readonly string[]>> = {
  contact: ['id', 'channel', 'name', 'first_name', 'last_name', 'username', 'phone', 'email', 'language', 'tags'],
  conversation: ['id', 'number', 'channel', 'language', 'tags', 'priority', 'queue', 'queue_position', 'agent'],
  message: ['text', 'length', 'attachments', 'location'],
  now: [],
}

/** A variable, contact field or other name that nothing declares, read or set. */
export const undeclaredVariable = eachBlock((linted, around) => {
  const declared = Object.keys(around.flow.variables ?? {})
  const { reads, sets } = linted.references
  return [
    ...reads.flatMap(({ path, at }) => {
      const near = suggest(around, path)
      if (near === undefined) return []
      return [
        blockProblem(linted, 'undeclared_variable', 'error', at, `${linted.name} uses ${pathInWords(path)}, which is not declared.${near}`, { hint: HINT }),
      ]
    }),
    ...sets
      .filter(({ name }) => !declared.includes(name))
      .map(({ name, at }) =>
        blockProblem(
          linted,
          'undeclared_variable',
          'error',
          at,
          `${linted.name} sets the variable “${inWords(name)}”, which is not declared.${didYouMean(name, declared, inWords)}`,
          { hint: HINT },
        ),
      ),
  ]
})

const HINT = 'Declare it among the variables of the flow, or choose one that is.'

/** Nothing for a known path, else the nearest known one in words, perhaps empty. */
function suggest({ flow }: Around, path: string): string | undefined {
  const [root = '', name] = path.split('.')
  // Another rule knows where a secret belongs.
  if (root === 'secrets') return undefined
  const known =
    root === 'vars'
      ? Object.keys(flow.variables ?? {})
      : root === 'contact'
        ? [...(ROOTS.contact ?? []), ...Object.keys(flow.contact_fields ?? {})]
        : Object.hasOwn(ROOTS, root)
          ? (ROOTS[root] ?? [])
          : undefined
  if (!known) return didYouMean(path, [...Object.keys(ROOTS), 'vars', ...Object.keys(flow.variables ?? {}).map(variable => `vars.${variable}`)])
  // A root alone prints nothing useful but harms nobody, and `now` has no parts.
  if (name === undefined || root === 'now' || known.includes(name)) return undefined
  return didYouMean(name, known, inWords)
}

/** "“order number”", "the contact field “city”"; another path as it is written. */
function pathInWords(path: string): string {
  const [root, name] = path.split('.')
  if (name === undefined || (root !== 'vars' && root !== 'contact')) return `“${path}”`
  return root === 'vars' ? `“${inWords(name)}”` : `the contact field “${inWords(name)}”`
}

/** Declared and never used: harmless, but mostly a slip. */
export const unused: FlowRule = ({ flow, blocks }) => {
  const used = new Set<string>()
  for (const linted of blocks) {
    const { reads, sets } = linted.references
    for (const { path } of reads) if (path.startsWith('vars.')) used.add(path.split('.')[1] ?? '')
    for (const { name } of sets) used.add(name)
  }
  const intents = new Set(blocks.flatMap(({ block }) => (Array.isArray(block.intents) ? block.intents.filter(name => typeof name === 'string') : [])))
  const variableProblems = Object.keys(flow.variables ?? {})
    .filter(name => !used.has(name))
    .map(name => notUsed('variable', 'variables', name))
  const intentProblems = Object.keys(flow.intents ?? {})
    .filter(name => !intents.has(name))
    .map(name => notUsed('intent', 'intents', name))
  return [...variableProblems, ...intentProblems]
}

function notUsed(what: 'variable' | 'intent', area: string, name: string): Problem {
  return {
    code: `unused_${what}`,
    severity: 'warning',
    at: below(`/${area}`, name),
    message: `Nothing uses the ${what} “${inWords(name)}”.`,
    hint: 'Use it or remove it.',
  }
}
