/** Fixes of names: what is not declared, not used, or not there. */
import type { Flow, VariableDeclaration } from '../../../server/engine/index.ts'
import { inWords } from '../../blocks/index.ts'
import { withBlock } from '../../commands/index.ts'
import { typedId, valueAt, withValue } from '../../inspector/fields/index.ts'
import { words } from '../../words/en.ts'
import { belowBlock, type Fixer, lastPart } from './fix.ts'

const ID = /^[a-z][a-z0-9_]{0,39}$/

/** Declares what a text or setting names; a contact field where the contact's is meant. */
export const declare: Fixer = (problem, { view }) => {
  const named = /“([^”]+)”/.exec(problem.message)?.[1]
  // The sentence says the name in words; a path of another kind has a dot, and nothing declares it.
  const name = typedId(named ?? '')
  if (!ID.test(name)) return undefined
  const list = problem.message.includes('contact field') ? 'contact_fields' : 'variables'
  const type = typeFor(view.flow, problem.block, belowBlock(problem))
  return { label: words.problems.declare(inWords(name)), apply: ({ flow }) => ({ flow: { ...flow, [list]: { ...flow[list], [name]: { type } } } }) }
}

/** Removes a declaration that nothing uses. */
export const removeDeclared: Fixer = ({ at }, { view }) => {
  const [, list = '', name = ''] = at.split('/')
  if ((list !== 'variables' && list !== 'intents') || !Object.hasOwn(view.flow[list] ?? {}, name)) return undefined
  return {
    label: words.problems.remove(inWords(name)),
    apply: ({ flow }) => {
      const rest = withValue(flow, at, undefined)
      if (Object.keys(rest[list] ?? {}).length > 0) return { flow: rest }
      const { [list]: _empty, ...without } = rest
      return { flow: without }
    },
  }
}

/** The queue that always exists. */
export const useDefaultQueue: Fixer = ({ block: id }, { view }) => {
  const block = id === undefined ? undefined : view.flow.blocks[id]
  if (id === undefined || !block) return undefined
  return { label: words.problems.useDefaultQueue, apply: ({ flow }) => ({ flow: withBlock(flow, id, { ...block, queue: 'default' }) }) }
}

/** A person translates; the fix leads there, in the language that is missing. */
export const translate: Fixer = () => ({ label: words.problems.translate, apply: undefined })

/** The first language that a text by language lacks. */
export function missingLanguage(flow: Flow, at: string): string | undefined {
  const text = valueAt(flow, at)
  return flow.languages.find(language => {
    const own = valueAt(text, `/${language}`)
    return Array.isArray(own) ? own.length === 0 : typeof own !== 'string' || own.trim() === ''
  })
}

/** What the setting that names a variable stores in it. */
function typeFor(flow: Flow, id: string | undefined, at: string): VariableDeclaration['type'] {
  const block = id === undefined ? undefined : flow.blocks[id]
  if (!block) return 'text'
  if (at === '/variable' && (block.type === 'rate' || block.answer === 'number')) return 'number'
  if (at === '/variable' && block.answer === 'date') return 'date'
  const kind = at.startsWith('/entities/') ? valueAt(block, at.replace(/\/variable$/, '/kind')) : undefined
  if (kind === 'number' || kind === 'date') return kind
  const value = at.startsWith('/variables/') ? valueAt(block, `/variables/${lastPart(at)}`) : undefined
  if (typeof value === 'number' || typeof value === 'boolean') return typeof value === 'number' ? 'number' : 'boolean'
  return Array.isArray(value) ? 'list' : 'text'
}
