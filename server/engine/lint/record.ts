/** Learns what texts, templates and words a block has by compiling it against a compiler that only writes them down: no rule needs to know a block type. */
import type { BlockType, Compiler } from '../blocks/block.ts'
import type { Block, Flow, Text } from '../file/flow.ts'
import { compilePattern, compileWords, readTemplate } from '../language/index.ts'

/** One text of a block in one language. */
export interface RecordedText {
  /** Below the block; the language is the last part where there are several. */
  readonly at: string
  readonly source: string
  /** Paths its template reads, like `vars.order_number`. */
  readonly reads: readonly string[]
  /** UTF-16 units that are sent whatever the values are. */
  readonly fixed_length: number
}

/** A template or a pattern that cannot be read. */
export interface RecordedMistake {
  readonly code: 'invalid_template' | 'invalid_pattern'
  readonly at: string
  readonly message: string
}

/** Everything a block says. */
export interface Recording {
  readonly texts: readonly RecordedText[]
  /** Texts that are written by language, whole. */
  readonly translated: readonly { readonly at: string; readonly text: Readonly<Record<string, string>> }[]
  readonly mistakes: readonly RecordedMistake[]
}

/** Compiles a block and keeps what it asked for. A block of an unknown type says nothing. */
export function recordBlock(flow: Flow, block: Block, type: BlockType | undefined): Recording {
  const recorder = new Recorder(flow)
  type?.compile?.(block, recorder)
  return recorder
}

/** Nothing is ever matched or said while linting. */
const matcherOfNothing = compileWords([], { typos: false })

class Recorder implements Compiler, Recording {
  readonly flow: Flow
  readonly texts: RecordedText[] = []
  readonly translated: { at: string; text: Readonly<Record<string, string>> }[] = []
  readonly mistakes: RecordedMistake[] = []

  constructor(flow: Flow) {
    this.flow = flow
  }

  text(text: Text | undefined, at: string) {
    if (text === undefined) return undefined
    if (typeof text === 'string') this.template(text, at)
    else {
      this.translated.push({ at, text })
      for (const [language, source] of Object.entries(text)) this.template(source, `${at}/${language}`)
    }
    return { render: () => '' }
  }

  template(source: string, at: string) {
    const result = factsOf(source)
    if (typeof result === 'string') this.mistakes.push({ code: 'invalid_template', at, message: result })
    else this.texts.push({ at, source, ...result })
    return SAYS_NOTHING
  }

  words() {
    return matcherOfNothing
  }

  /** Training is the slow part of compiling and says nothing about the drawing. */
  intents() {
    return undefined
  }

  pattern(source: string, at: string) {
    const mistake = remember(patterns, source, readPattern)
    if (mistake !== '') this.mistakes.push({ code: 'invalid_pattern', at, message: mistake })
    return { test: () => false, exec: () => null }
  }
}

const SAYS_NOTHING = { literal: '', render: () => '', roots: [] }
type Facts = Pick<RecordedText, 'reads' | 'fixed_length'>

// Between two strokes of a key almost every text is the same, and compiling them is most of a lint.
const templates = new Map<string, Facts | string>()
const patterns = new Map<string, string>()
const MOST_REMEMBERED = 5000

function factsOf(source: string): Facts | string {
  if (!source.includes('{{') && !source.includes('{%')) return { reads: [], fixed_length: source.length }
  return remember(templates, source, text => {
    const result = readTemplate(text)
    return result.ok ? { reads: result.roots, fixed_length: text.replace(/\{\{.*?\}\}|\{%.*?%\}/gs, '').length } : result.message
  })
}

function readPattern(source: string): string {
  const result = compilePattern(source)
  return result.ok ? '' : result.message
}

function remember<V>(known: Map<string, V>, source: string, read: (source: string) => V): V {
  const before = known.get(source)
  if (before !== undefined) return before
  const value = read(source)
  if (known.size >= MOST_REMEMBERED) known.clear()
  known.set(source, value)
  return value
}
