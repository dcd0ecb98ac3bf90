/** What the draft needs of the server. The page hands it in, so that the store is tested without one. */
import type { Flow, Problem } from '../../server/engine/index.ts'

/** A draft as the server has it. */
export interface ServerDraft {
  readonly flow: Flow
  /** Names this state of the draft; a save that names an older one is refused. */
  readonly etag: string
  /** Milliseconds since 1970. */
  readonly updatedAt: number
}

/** What came of a save. `offline` means that it may be sent again; `refused` that the same bytes will never be taken. */
export type SaveAnswer =
  | { readonly type: 'saved'; readonly etag: string }
  | { readonly type: 'conflict' }
  | { readonly type: 'refused'; readonly message: string; readonly problems?: readonly Problem[] }
  | { readonly type: 'offline' }

/** The two calls of a draft. `save` never throws for an answer of the server; a thrown error counts as `offline`. */
export interface DraftServer {
  load(id: string): Promise<ServerDraft>
  /** `file` is the flow as JSON, `etag` the state it was made from. */
  save(id: string, file: string, etag: string): Promise<SaveAnswer>
}
