/** Templates of texts (rule 40): those that only print become closures over LiquidJS's filters, those with tags are LiquidJS's. */
import { Context, Output, type Template as Piece, type Token, toValueSync, type Value } from 'liquidjs'
import { DomainError } from '../errors.ts'
import { formatDate, isoIn } from './date-filter.ts'
import { countSteps, directFilter, type FilterHandler, liquid, MemoryLimit, MOST_TEXT, type RenderFacts } from './liquid.ts'
import { explainLiquid, hasTemplate, readTemplate } from './read-template.ts'
import { cutAt } from './split.ts'

/** What a template can print. The four roots are plain JSON objects; `now` is milliseconds, `time_zone` an IANA name. */
export interface Scope {
  readonly contact: object
  readonly conversation: object
  readonly message: object
  readonly vars: object
  readonly now: number
  readonly time_zone: string
  /** Language of names of days and months; English without it. */
  readonly language?: string
}

/** A compiled text. */
export interface Template {
  /** The text itself when nothing in it changes: then rendering costs nothing. */
  readonly literal: string | null
  /** The text, at most 65,536 units. Throws a DomainError `template.failed` when a limit strikes. */
  render(scope: Scope): string
  /** Every path that is read, once, in the order of the text: `vars.order_number`, `message.text`, `now`. */
  readonly roots: readonly string[]
}

/** A template, or why it is none; `offset` is where, in units from the start. */
export type CompiledTemplate = { readonly ok: true; readonly template: Template } | { readonly ok: false; readonly message: string; readonly offset?: number }

/** Compiles a text once; rendering it is cheap. Never throws. */
export function compileTemplate(source: string): CompiledTemplate {
  if (!hasTemplate(source)) return literalTemplate(source)
  const reading = readTemplate(source)
  if (!reading.ok) return reading
  const { pieces, roots } = reading
  const printers = pieces.map(printerOf)
  if (printers.every(printer => typeof printer === 'string')) return literalTemplate(printers.join(''))
  const print = printers.includes(null) ? viaLiquid(pieces) : viaClosures(printers.filter(printer => printer !== null))
  return { ok: true, template: { literal: null, roots, render: scope => rendered(print, scope) } }
}

/** How a text was compiled; for the test that both ways agree. */
export function renderWithLiquid(source: string, scope: Scope): string {
  return rendered(viaLiquid(liquid.parse(source)), scope)
}

type Read = (scope: Scope) => unknown
/** A part of a text: fixed, printed by a closure, or null when only LiquidJS can print it. */
type Printer = string | ((scope: Scope, context: ClosureContext) => unknown) | null

function literalTemplate(source: string): CompiledTemplate {
  const literal = cutAt(source, MOST_TEXT)
  return { ok: true, template: { literal, roots: [], render: () => literal } }
}

function rendered(print: (scope: Scope) => string, scope: Scope): string {
  try {
    return cutAt(print(scope), MOST_TEXT)
  } catch (cause) {
    throw new DomainError('template.failed', { message: `A text could not be filled in: ${explainLiquid(cause).message}`, cause })
  }
}

/** What filters see of LiquidJS's context when a closure calls them. */
class ClosureContext {
  readonly memoryLimit = new MemoryLimit()
  readonly opts = liquid.options
  readonly ownPropertyOnly = true
  private readonly facts: RenderFacts

  constructor(facts: RenderFacts) {
    this.facts = facts
  }

  getRegister(key: string): unknown {
    return key === 'format_date' ? formatDate : this.facts
  }
}

function viaClosures(printers: readonly Exclude<Printer, null>[]): (scope: Scope) => string {
  return scope => {
    const context = new ClosureContext(scope)
    let text = ''
    for (const printer of printers) {
      text += typeof printer === 'string' ? printer : printed(printer(scope, context))
      if (text.length > MOST_TEXT) break
    }
    return text
  }
}

function viaLiquid(pieces: Piece[]): (scope: Scope) => string {
  return scope => {
    const { contact, conversation, message, vars, now, time_zone } = scope
    const environment = { contact, conversation, message, vars, now: isoIn(now, time_zone) }
    const context = new Context(environment, liquid.options, { sync: true }, { liquid })
    context.renderLimit.check = countSteps()
    context.setRegister('facts', scope)
    context.setRegister('format_date', formatDate)
    const emitter = {
      buffer: '',
      write(value: unknown): void {
        if (emitter.buffer.length <= MOST_TEXT) emitter.buffer += printed(value)
      },
    }
    toValueSync(liquid.renderer.renderTemplates(pieces, context, emitter))
    return emitter.buffer
  }
}

/** Liquid's way to print a value: nothing for what is unset, the items of a list one after the other. */
function printed(value: unknown): string {
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return ''
  return Array.isArray(value) ? value.map(printed).join('') : String(value)
}

function printerOf(piece: Piece): Printer {
  if (piece instanceof Output) return compileValue(piece.value)
  // LiquidJS does not export its class for fixed text; it is known by its content, and tags have none.
  return 'str' in piece && typeof piece.str === 'string' ? piece.str : null
}

function compileValue(value: Value): Printer {
  const [initial, ...operators] = value.initial.postfix
  if (operators.length > 0) return null
  const start = initial === undefined ? () => undefined : compileToken(initial)
  if (start === null) return null
  let print: (scope: Scope, context: ClosureContext) => unknown = start
  for (const filter of value.filters) {
    const handler = directFilter(filter.name)
    const args = filter.args.map(compileArgument)
    if (!handler || args.includes(null)) return null
    print = applied(
      handler,
      print,
      args.filter(argument => argument !== null),
    )
  }
  return print
}

function applied(handler: FilterHandler, input: (scope: Scope, context: ClosureContext) => unknown, args: readonly Read[]): typeof input {
  return (scope, context) => handler.apply({ context }, [input(scope, context), ...args.map(argument => argument(scope))])
}

/** LiquidJS keeps a named argument as a pair, and hands it to the filter so. */
function compileArgument(argument: unknown): Read | null {
  if (!Array.isArray(argument)) return compileToken(argument)
  const [name, token]: readonly unknown[] = argument
  const value = token === undefined ? () => undefined : compileToken(token)
  return value && (scope => [name, value(scope)])
}

/** A literal or a plain path as a closure; null for what is computed (ranges, `a[b]`, LiquidJS's own objects such as `blank`). */
function compileToken(token: unknown): Read | null {
  if (typeof token !== 'object' || token === null) return null
  if ('content' in token) {
    const { content } = token
    return typeof content === 'object' && content !== null ? null : () => content
  }
  if (!('props' in token) || !Array.isArray(token.props) || ('variable' in token && token.variable)) return null
  const path: (string | number)[] = []
  for (const segment of token.props as readonly Token[]) {
    if (!('content' in segment) || (typeof segment.content !== 'string' && typeof segment.content !== 'number')) return null
    path.push(segment.content)
  }
  const [root, ...rest] = path
  const start = ROOTS.get(String(root))
  if (!start) return null
  return scope => {
    let value = start(scope)
    // Anything may be read from, also null and plain values; LiquidJS's type is narrower than what it does.
    for (const key of rest) value = reader.readProperty(value as object, key)
    return value
  }
}

const ROOTS: ReadonlyMap<string, Read> = new Map<string, Read>([
  ['contact', scope => scope.contact],
  ['conversation', scope => scope.conversation],
  ['message', scope => scope.message],
  ['vars', scope => scope.vars],
  ['now', scope => isoIn(scope.now, scope.time_zone)],
])

/** Reads properties as LiquidJS does (own ones, and `size`, `first`, `last`); it holds no values. */
const reader = new Context({}, liquid.options, { sync: true }, { liquid })
