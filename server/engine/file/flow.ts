/** The flow file as TypeScript sees it. Keys keep the spelling of the file; the schema is made in `schema.ts`. */
import type { Json } from '../event.ts'

/** One text for all languages, or one a language. Liquid templates inside (design 2). */
export type Text = string | Readonly<Record<string, string>>

/** Words for all languages, or a list a language. */
export type Words = readonly string[] | Readonly<Record<string, readonly string[]>>

/** What every block may carry beside the settings of its type. */
export type BlockFrame = {
  readonly type: string
  readonly label?: string
  readonly note?: string
  /** Exit name to block id. An exit that is not here is unconnected. */
  readonly exits?: Readonly<Record<string, string>>
}

/** A block of any type, with settings that its schema has checked. */
export type Block = BlockFrame & { readonly [setting: string]: unknown }

/** A declared variable (rule 36). */
export interface VariableDeclaration {
  readonly type: 'text' | 'number' | 'boolean' | 'date' | 'list'
  readonly default?: Json
  /** Not shown in transcripts and logs. */
  readonly sensitive?: boolean
  readonly note?: string
}

/** Training phrases of an intent, by language. */
export interface IntentDeclaration {
  readonly phrases: Readonly<Record<string, readonly string[]>>
  readonly note?: string
}

/** A frame around blocks or a sticky note on the canvas. */
export interface CanvasNote {
  readonly text: string
  readonly at: readonly [number, number]
  readonly size?: readonly [number, number]
}

/** Positions by block id, and what else is drawn; never logic, and no part of the hash (rule 35). */
export interface Layout {
  readonly $frames?: Readonly<Record<string, CanvasNote>>
  readonly $notes?: Readonly<Record<string, CanvasNote>>
  readonly [block: string]: readonly [number, number] | Readonly<Record<string, CanvasNote>> | undefined
}

/** A whole flow file, format 1. */
export interface Flow {
  readonly $schema?: string
  readonly format: 1
  /** The least release of Parley that can run it, for clear refusals (rule 34). */
  readonly parley?: string
  readonly id: string
  readonly name: string
  readonly note?: string
  readonly tags?: readonly string[]
  /** The first is the one others fall back to. */
  readonly languages: readonly string[]
  /** IANA name; UTC when absent. */
  readonly time_zone?: string
  readonly variables?: Readonly<Record<string, VariableDeclaration>>
  readonly contact_fields?: Readonly<Record<string, VariableDeclaration>>
  readonly intents?: Readonly<Record<string, IntentDeclaration>>
  readonly blocks: Readonly<Record<string, Block>>
  readonly layout?: Layout
}
