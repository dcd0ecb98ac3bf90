/** `misplaced_secret` and `unknown_secret`: secrets stand alone in their braces, only in an HTTP call, and an administrator has made them. */
import type { Problem } from '../errors.ts'
import { below, isObject } from '../file/json-schema.ts'
import { blockProblem, didYouMean, eachBlock, type LintedBlock, titleOf } from './view.ts'

const MENTION = /\{\{[^}]*?\bsecrets\.[^}]*\}\}|\{%[^%]*?\bsecrets\.[^%]*%\}/g
const ALONE = /^\{\{-?\s*secrets\.([a-z][a-z0-9_]{0,39})\s*-?\}\}$/
/** Texts of a call that can carry one. */
const CARRIES = /^\/(?:url|body|(?:headers|form)\/\d+\/value)$/

/** Looks at every text as it is written: the compiler takes secrets out before a template is read. */
export const secrets = eachBlock((linted, { secrets: known }) =>
  textsOf(linted.block, '').flatMap(({ at, text }) => [...text.matchAll(MENTION)].flatMap(([mention]) => judge(linted, at, mention, known))),
)

function judge(linted: LintedBlock, at: string, mention: string, known: ReadonlySet<string> | undefined): readonly Problem[] {
  const name = ALONE.exec(mention)?.[1]
  if (linted.block.type !== 'http' || !CARRIES.test(at))
    return [
      blockProblem(linted, 'misplaced_secret', 'error', at, `${linted.name} uses a secret where contacts or agents could read it.`, {
        hint: `Secrets can only stand in the address, the headers and the body of a block of type ${titleOf('http')}.`,
      }),
    ]
  if (name === undefined)
    return [
      blockProblem(linted, 'misplaced_secret', 'error', at, `${linted.name} changes a secret before it is sent: ${mention}.`, {
        hint: 'Write it alone in its braces, like {{ secrets.shop_key }}.',
      }),
    ]
  if (!known || known.has(name)) return []
  return [
    blockProblem(linted, 'unknown_secret', 'warning', at, `${linted.name} uses the secret “${name}”, which does not exist.${didYouMean(name, known)}`, {
      hint: 'Ask an administrator to make it in the settings; until then the call goes on at “error”.',
    }),
  ]
}

function textsOf(value: unknown, at: string): readonly { readonly at: string; readonly text: string }[] {
  if (typeof value === 'string') return value.includes('secrets.') ? [{ at, text: value }] : []
  if (Array.isArray(value)) return value.flatMap((entry, index) => textsOf(entry, below(at, index)))
  return isObject(value) ? Object.entries(value).flatMap(([key, entry]) => textsOf(entry, below(at, key))) : []
}
