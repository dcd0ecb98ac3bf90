/** Compiles a flow once a version, so that nothing is parsed while a message waits. */

import type { BlockType, CompiledText, Compiler, Exit } from '../blocks/block.ts'
import { blockTypeOf } from '../blocks/index.ts'
import { DomainError, type Problem } from '../errors.ts'
import type { IntentModel, LanguageTools, Template, WordMatcher } from '../language/index.ts'
import { compilePattern, compileTemplate, compileWords, LANGUAGE_TOOLS, parseDuration, trainIntents } from '../language/index.ts'
import type { Block, Flow, Text, Words } from './flow.ts'
import { findMessageKeepers } from './message-flow.ts'

/** A block ready to run. */
export interface CompiledBlock {
  readonly id: string
  readonly type: BlockType
  readonly block: Block
  readonly compiled: unknown
  readonly exits: Readonly<Record<string, string>>
  readonly exitList: readonly Exit[]
  /** While this block waits, a later block may still read the current message, so it stays in the session (rule 40). */
  readonly keepsMessage: boolean
  /** How long a branch without a message waits for one; undefined: for ever. */
  readonly timeout_ms: number | undefined
}

/** An `on_keyword` entry with its words. */
export interface KeywordEntry {
  readonly block: CompiledBlock
  readonly matcher: WordMatcher
  readonly anywhere: boolean
  readonly whileQueued: boolean
  /** A `return` can be reached: the interrupted wait is kept for it (rule 19). */
  readonly returns: boolean
}

/** A version of a flow, ready to run. */
export interface CompiledFlow {
  readonly id: string
  /** 0 for a draft. */
  readonly version: number
  readonly hash: string
  readonly flow: Flow
  readonly blocks: ReadonlyMap<string, CompiledBlock>
  readonly start: CompiledBlock | undefined
  readonly keywords: readonly KeywordEntry[]
  readonly onInactivity: { readonly block: CompiledBlock; readonly after_ms: number; readonly returns: boolean } | undefined
  /** `on_error` entries in file order, with what each is limited to. */
  readonly onError: readonly { readonly block: CompiledBlock; readonly causes: readonly string[] | undefined }[]
  readonly intents: IntentModel | undefined
  readonly time_zone: string
  /** What its blocks read messages with: only whoever compiles a flow loads it. */
  readonly tools: LanguageTools
}

/** What compiling gives. Problems are those of lint: a flow with one of them does not run. */
export type Compilation = { readonly ok: true; readonly flow: CompiledFlow } | { readonly ok: false; readonly problems: readonly Problem[] }

/** What is kept with a version besides its file. `intents` are the trained weights (rule 38). */
export interface VersionFacts {
  readonly version: number
  readonly hash: string
  readonly intents?: IntentModel
}

/** Compiles a well-formed flow. Unknown types, templates and patterns that cannot be read are problems, never exceptions. */
export function compileFlow(given: Flow, facts: VersionFacts): Compilation {
  const flow = inStableOrder(given)
  const problems: Problem[] = []
  const blocks = new Map<string, CompiledBlock>()
  const keepers = findMessageKeepers(flow)
  let intents = facts.intents
  const trained = () => {
    if (!intents && flow.intents && Object.keys(flow.intents).length > 0) intents = trainIntents(flow.intents)
    return intents
  }
  for (const [id, block] of Object.entries(flow.blocks)) {
    const type = blockTypeOf(block.type)
    if (!type) {
      problems.push({
        code: 'unknown_type',
        severity: 'error',
        at: `/blocks/${id}/type`,
        block: id,
        message: `“${block.type}” is no block type of this release.`,
      })
      continue
    }
    const compiled = type.compile?.(block, makeCompiler(flow, id, problems, trained))
    const timeout_ms = type.branch ? durationOf(block, 'timeout') : undefined
    blocks.set(id, { id, type, block, compiled, exits: block.exits ?? {}, exitList: type.exits(block), keepsMessage: keepers.has(id), timeout_ms })
  }
  if (problems.length > 0) return { ok: false, problems }
  const entries = [...blocks.values()].filter(block => block.type.entry)
  const silence = entries.find(entry => entry.type.type === 'on_inactivity')
  const silenceAfter = silence ? durationOf(silence.block, 'after') : undefined
  const ofType = (type: string) => entries.filter(entry => entry.type.type === type)
  return {
    ok: true,
    flow: {
      id: flow.id,
      version: facts.version,
      hash: facts.hash,
      flow,
      blocks,
      start: ofType('start')[0],
      keywords: ofType('on_keyword').map(entry => keywordEntry(entry, blocks)),
      onInactivity: silence && silenceAfter ? { block: silence, after_ms: silenceAfter, returns: reachesReturn(silence, blocks) } : undefined,
      onError: ofType('on_error').map(block => ({ block, causes: causesOf(block.block) })),
      intents: trained(),
      time_zone: flow.time_zone ?? 'UTC',
      tools: LANGUAGE_TOOLS,
    },
  }
}

/** A copy with the keys of every map in code-point order: what a flow means, like its hash, does not depend on their order (rule 35). */
function inStableOrder<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(inStableOrder) as Value // an array of the same things
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return Object.fromEntries(entries.map(([key, inner]) => [key, inStableOrder(inner)])) as Value // the same keys with the same values
}

/** The compiled flow, for callers that published it: a problem here is a bug. */
export function mustCompile(flow: Flow, facts: VersionFacts): CompiledFlow {
  const compilation = compileFlow(flow, facts)
  if (compilation.ok) return compilation.flow
  const first = compilation.problems[0]
  throw new DomainError('flow.not_runnable', {
    message: `Flow “${flow.id}” cannot run: ${first?.message ?? 'it does not compile.'}`,
    ...(first ? { at: first.at } : {}),
    hint: 'Open the problems of the flow and fix the errors.',
  })
}

/** A duration setting of a block in milliseconds; undefined when it is absent or cannot be read (lint says so). */
function durationOf(block: Block, key: string): number | undefined {
  const value = block[key]
  return typeof value === 'string' ? (parseDuration(value) ?? undefined) : undefined
}

function causesOf(block: Block): readonly string[] | undefined {
  const { causes } = block
  return Array.isArray(causes) && causes.length > 0 ? causes.map(String) : undefined
}

function reachesReturn(entry: CompiledBlock, blocks: ReadonlyMap<string, CompiledBlock>): boolean {
  const seen = new Set<string>()
  const open = [entry.id]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const block = blocks.get(id)
    if (!block || seen.has(id)) continue
    if (block.type.type === 'return') return true
    seen.add(id)
    open.push(...Object.values(block.exits))
  }
  return false
}

function keywordEntry(block: CompiledBlock, blocks: ReadonlyMap<string, CompiledBlock>): KeywordEntry {
  const settings = block.block as Block & { words: Words; anywhere?: boolean; while_queued?: boolean }
  return {
    block,
    matcher: compileWords([{ id: block.id, words: allWords(settings.words) }], { typos: false }),
    anywhere: settings.anywhere === true,
    whileQueued: settings.while_queued === true,
    returns: reachesReturn(block, blocks),
  }
}

/** Words of every language: a contact may use any of them. */
export function allWords(words: Words): readonly string[] {
  return isWordList(words) ? words : Object.values(words).flat()
}

function isWordList(words: Words): words is readonly string[] {
  return Array.isArray(words)
}

function makeCompiler(flow: Flow, block: string, problems: Problem[], intents: () => IntentModel | undefined): Compiler {
  const place = (at: string) => `/blocks/${block}${at}`
  const refuse = (code: string, at: string, message: string, hint: string) => {
    problems.push({ code, severity: 'error', at: place(at), block, message, hint })
  }
  const template = (source: string, at: string): Template => {
    const result = compileTemplate(source)
    if (result.ok) return result.template
    refuse('invalid_template', at, result.message, 'Check the braces and names, like {{ contact.first_name }}.')
    return { literal: '', render: () => '', roots: [] }
  }
  return {
    flow,
    template,
    intents,
    text: (text, at) => (text === undefined ? undefined : compileText(flow, text, (source, language) => template(source, language ? `${at}/${language}` : at))),
    words: (cases, typos) =>
      compileWords(
        cases.map(entry => ({ id: entry.id, words: allWords(entry.words) })),
        { typos },
      ),
    pattern: (source, at) => {
      const result = compilePattern(source)
      if (result.ok) return result.pattern
      refuse('invalid_pattern', at, result.message, 'Use a pattern without look-around and back-references.')
      return { test: () => false, exec: () => null }
    },
  }
}

function compileText(flow: Flow, text: Text, compile: (source: string, language?: string) => Template): CompiledText {
  if (typeof text === 'string') {
    const template = compile(text)
    const { literal } = template
    return literal === null ? { render: from => template.render(from.scope()) } : { render: () => literal }
  }
  const byLanguage = new Map(Object.entries(text).map(([language, source]) => [language, compile(source, language)]))
  const first = byLanguage.get(flow.languages[0] ?? '') ?? [...byLanguage.values()][0]
  return {
    render: (from, language) => {
      const template = (language === undefined ? undefined : byLanguage.get(language)) ?? first
      if (!template) return ''
      return template.literal ?? template.render(from.scope())
    },
  }
}
