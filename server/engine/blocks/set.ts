import type { Problem } from '../errors.ts'
import type { Json } from '../event.ts'
import type { VariableDeclaration } from '../file/flow.ts'
import type { Template } from '../language/index.ts'
import type { Turn } from '../turn.ts'
import { coerceVariable } from '../variables.ts'
import { type BlockOf, type Compiler, defineBlock, fail, type LintView, leave } from './block.ts'
import { Type } from './setting-type.ts'
import { idSetting, languageSetting, settings } from './settings.ts'

/** Fields that every contact has; they take texts. */
const KNOWN_FIELDS = ['name', 'first_name', 'last_name', 'phone', 'email'] as const
type KnownField = (typeof KNOWN_FIELDS)[number]

const setting = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Array(Type.Union([Type.String(), Type.Number(), Type.Boolean()]))], {
  title: 'Value',
  description: 'A text (which may contain {{ variables }}), a number, true or false, or a list. An empty text empties it.',
})

const schema = settings({
  variables: Type.Optional(
    Type.Record(idSetting({}), setting, {
      title: 'Variables',
      description: 'Values of declared variables. All are worked out before any is set.',
      additionalProperties: false,
    }),
  ),
  contact: Type.Optional(
    Type.Record(idSetting({}), setting, {
      title: 'Contact',
      description: 'What we know of the contact: name, first_name, last_name, phone, email, or a declared contact field. It is kept beyond the conversation.',
      additionalProperties: false,
    }),
  ),
  add_tags: Type.Optional(Type.Array(Type.String(), { title: 'Add tags', description: 'Tags of the conversation, for agents and statistics.' })),
  remove_tags: Type.Optional(Type.Array(Type.String(), { title: 'Remove tags', description: 'Tags that the conversation shall not have any more.' })),
  language: Type.Optional(languageSetting({ title: 'Language', description: 'The language of the conversation from here on, as a code like de.' })),
  priority: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 9, title: 'Priority', description: 'The priority of the conversation in queues: 1 goes first, 9 last.' }),
  ),
})

type SetBlock = BlockOf<typeof schema>

interface CompiledValue {
  readonly name: string
  readonly declared: VariableDeclaration | undefined
  readonly render: (turn: Turn) => Json
}

interface Compiled {
  readonly variables: readonly CompiledValue[]
  readonly contact: readonly CompiledValue[]
}

/** Remembers values. One that does not fit its declared type fails the block (rule 36); what was set before it stays. */
export const set = defineBlock({
  type: 'set',
  group: 'act',
  title: 'Set',
  purpose: 'Remembers something: variables, fields of the contact, tags, the language or the priority.',
  schema,
  example: {
    type: 'set',
    variables: { order_number: '{{ message.text }}', urgent: true },
    contact: { first_name: '{{ vars.first_name }}' },
    add_tags: ['order'],
    exits: { next: 'look_up' },
  },
  exits: () => [{ name: 'next', needed: false }],
  compile: (block, compiler): Compiled => ({
    variables: Object.entries(block.variables ?? {}).map(([name, source]) =>
      compileValue(name, source, compiler.flow.variables?.[name], compiler, `/variables/${name}`),
    ),
    contact: Object.entries(block.contact ?? {}).map(([name, source]) =>
      compileValue(name, source, compiler.flow.contact_fields?.[name], compiler, `/contact/${name}`),
    ),
  }),
  run(block, turn, compiled) {
    // All values are worked out before any is set: the file has no order of its own for them (rule 35).
    const variables = compiled.variables.map(({ name, declared, render }) => ({ name, declared, value: emptied(render(turn), declared) }))
    const fields = compiled.contact.map(({ name, declared, render }) => ({ name, declared, value: render(turn) }))
    for (const { name, declared, value } of variables) {
      if (!turn.setVariable(name, value)) return fail('wrong_type', `“${name}” is ${typeName(declared)} and cannot take this value`)
    }
    for (const { name, declared, value } of fields) {
      if (!setField(turn, name, declared, value)) return fail('wrong_type', `The contact's “${name}” is ${typeName(declared)} and cannot take this value`)
    }
    const tags = changedTags(block, turn.conversation.tags ?? [])
    turn.setConversation({
      ...(tags && { tags }),
      ...(block.language !== undefined && { language: block.language }),
      ...(block.priority !== undefined && { priority: block.priority }),
    })
    return leave('next')
  },
  lint: (block, view) => [
    ...(isEmpty(block)
      ? [view.problem('nothing_set', 'warning', '', 'The block sets nothing.', 'Add a variable, a field or a tag, or remove the block.')]
      : []),
    ...Object.entries(block.variables ?? {}).flatMap(([name, source]) => valueProblems(view, view.flow.variables?.[name], source, `/variables/${name}`)),
    ...Object.entries(block.contact ?? {}).flatMap(([name, source]) => fieldProblems(view, name, source)),
  ],
})

function compileValue(name: string, source: Json, declared: VariableDeclaration | undefined, compiler: Compiler, at: string): CompiledValue {
  if (typeof source === 'string') return { name, declared, render: rendering(compiler.template(source, at)) }
  if (!Array.isArray(source)) return { name, declared, render: () => source }
  const parts = source.map((part, index) => (typeof part === 'string' ? rendering(compiler.template(part, `${at}/${index}`)) : () => part))
  return { name, declared, render: turn => parts.map(part => part(turn)) }
}

function rendering(template: Template): (turn: Turn) => Json {
  return turn => template.literal ?? template.render(turn.scope())
}

/** An empty text empties a value of any type. */
function emptied(rendered: Json, declared: VariableDeclaration | undefined): Json {
  return rendered === '' && declared && declared.type !== 'text' ? null : rendered
}

function setField(turn: Turn, name: string, declared: VariableDeclaration | undefined, rendered: Json): boolean {
  if (isKnownField(name)) {
    if (typeof rendered !== 'string' && typeof rendered !== 'number') return false
    turn.setContact({ [name]: String(rendered) })
    return true
  }
  const fitting = coerceVariable(declared, emptied(rendered, declared))
  if (fitting === undefined) return false
  turn.setContact({ fields: { ...turn.contact.fields, [name]: fitting } })
  return true
}

function isKnownField(name: string): name is KnownField {
  return KNOWN_FIELDS.some(known => known === name)
}

function typeName(declared: VariableDeclaration | undefined): string {
  return declared ? `declared as ${declared.type}` : 'not declared'
}

/** The tags afterwards; undefined when they stay as they are. */
function changedTags(block: SetBlock, before: readonly string[]): readonly string[] | undefined {
  if (block.add_tags === undefined && block.remove_tags === undefined) return undefined
  const added = (block.add_tags ?? []).filter((tag, index, all) => tag !== '' && !before.includes(tag) && all.indexOf(tag) === index)
  return [...before, ...added].filter(tag => !(block.remove_tags ?? []).includes(tag))
}

function isEmpty(block: SetBlock): boolean {
  const lists = [block.variables, block.contact, block.add_tags, block.remove_tags]
  return lists.every(list => Object.keys(list ?? {}).length === 0) && block.language === undefined && block.priority === undefined
}

function fieldProblems(view: LintView, name: string, source: Json): readonly Problem[] {
  const declared = view.flow.contact_fields?.[name]
  if (isKnownField(name)) return valueProblems(view, { type: 'text' }, source, `/contact/${name}`)
  if (declared) return valueProblems(view, declared, source, `/contact/${name}`)
  const hint = `Declare it among the contact fields, or use ${KNOWN_FIELDS.join(', ')}.`
  return [view.problem('unknown_field', 'error', `/contact/${name}`, `Contacts have no field “${name}”.`, hint)]
}

/** A value that can never fit. Templates are only known when they run. */
function valueProblems(view: LintView, declared: VariableDeclaration | undefined, source: Json, at: string): readonly Problem[] {
  if (!declared || (typeof source === 'string' && source.includes('{')) || coerceVariable(declared, emptied(source, declared)) !== undefined) return []
  return [view.problem('wrong_type', 'error', at, `This value is no ${declared.type}.`, `Write a ${declared.type}, or change the declaration.`)]
}
