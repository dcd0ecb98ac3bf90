import type { Problem } from '../errors.ts'
import type { LanguageTools, Scope } from '../language/index.ts'
import { defineBlock, type LintView, leave } from './block.ts'
import { type CompiledRow, checkRow, compileRow, needsValue, OPERATORS, type Row, type Verdict } from './condition-rows.ts'
import { idProblems } from './problems.ts'
import { Type } from './setting-type.ts'
import { choiceSetting, idSetting, settings } from './settings.ts'

/** Reasons of an `else` name at most this many cases. */
const MOST_REASONS = 3

interface CompiledCase {
  readonly id: string
  readonly all: readonly CompiledRow[]
  readonly any: readonly CompiledRow[]
}

const row = settings({
  variable: Type.String({
    title: 'Value',
    description: 'What is looked at: a variable, something about the contact or the conversation, or the message.',
    examples: ['vars.order_number', 'contact.language'],
  }),
  operator: choiceSetting(OPERATORS, {
    title: 'Comparison',
    description: 'Texts are compared without case and accents. “Before” and “after” compare days and times; “one of” looks for one of several values.',
  }),
  value: Type.Optional(
    Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Array(Type.Union([Type.String(), Type.Number(), Type.Boolean()]))], {
      title: 'With',
      description:
        'What it is compared with; a text may print values. Several values are written with commas; for days and times “now” and “today” are understood too.',
    }),
  ),
})

/** Routes by values. Nothing that a variable holds can make it fail: what cannot be compared does not hold. */
export const condition = defineBlock({
  type: 'condition',
  group: 'understand',
  title: 'Condition',
  purpose: 'Goes on by what is known: variables, the contact, the conversation or the message.',
  schema: settings({
    cases: Type.Array(
      settings({
        id: idSetting({ title: 'Exit', description: 'The name of the exit of this case.' }),
        all: Type.Optional(Type.Array(row, { title: 'All of these', description: 'Every row has to hold.' })),
        any: Type.Optional(Type.Array(row, { title: 'One of these', description: 'At least one row has to hold; together with “All of these” both count.' })),
      }),
      { title: 'Cases', description: 'The first case that holds is taken, else the flow leaves by “else”.' },
    ),
  }),
  example: {
    type: 'condition',
    cases: [{ id: 'adult', all: [{ variable: 'vars.age', operator: 'at_least', value: 18 }] }],
    exits: { adult: 'order', else: 'sorry' },
  },
  exits: block => [...block.cases.map(({ id }) => ({ name: id, needed: true })), { name: 'else', needed: true }],
  compile: (block, compiler): readonly CompiledCase[] =>
    block.cases.map(({ id, all = [], any = [] }, index) => ({
      id,
      all: all.map((each, place) => compileRow(each, compiler, `/cases/${index}/all/${place}`)),
      any: any.map((each, place) => compileRow(each, compiler, `/cases/${index}/any/${place}`)),
    })),
  run(_block, turn, cases) {
    const scope = turn.scope()
    const reasons: string[] = []
    for (const each of cases) {
      const { holds, why } = checkCase(each, scope, turn.tools)
      if (holds) return leave(each.id, why)
      if (reasons.length < MOST_REASONS) reasons.push(why)
    }
    return leave('else', reasons.join('; '))
  },
  lint: (block, view) => [
    ...(block.cases.length === 0 ? [view.problem('no_cases', 'error', '/cases', 'There is nothing to compare.', 'Add a case.')] : []),
    ...idProblems(view, block.cases, '/cases', ['else']),
    ...block.cases.flatMap((each, index) => [
      ...((each.all ?? []).length + (each.any ?? []).length === 0
        ? [view.problem('empty_case', 'error', `/cases/${index}`, `The case “${each.id}” has no rows, so it is never taken.`, 'Add a row.')]
        : []),
      ...(each.all ?? []).flatMap((one, place) => rowProblems(one, view, `/cases/${index}/all/${place}`)),
      ...(each.any ?? []).flatMap((one, place) => rowProblems(one, view, `/cases/${index}/any/${place}`)),
    ]),
  ],
})

function checkCase({ all, any }: CompiledCase, scope: Scope, tools: LanguageTools): Verdict {
  if (all.length === 0 && any.length === 0) return { holds: false, why: 'No rows' }
  const everyRow = all.map(each => checkRow(each, scope, tools))
  const failed = everyRow.find(({ holds }) => !holds)
  if (failed) return failed
  if (any.length === 0) return { holds: true, why: everyRow.map(({ why }) => why).join(' and ') }
  const someRow = any.map(each => checkRow(each, scope, tools))
  const held = someRow.find(({ holds }) => holds)
  return held
    ? { holds: true, why: [...everyRow, held].map(({ why }) => why).join(' and ') }
    : { holds: false, why: someRow.map(({ why }) => why).join(' and ') }
}

function rowProblems({ variable, operator, value }: Row, view: LintView, at: string): readonly Problem[] {
  if (variable.trim() === '') return [view.problem('no_variable', 'error', `${at}/variable`, 'The row does not say what is looked at.', 'Choose a variable.')]
  if (!needsValue(operator) || (value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0))) return []
  return [view.problem('no_value', 'error', `${at}/value`, `“${variable}” is compared with nothing.`, 'Write a value, or ask whether there is one.')]
}
