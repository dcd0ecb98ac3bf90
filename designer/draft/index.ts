/** What others may use of the open draft, by name. */
export { isNotYet } from './begun.ts'
export { combineFlows, type FlowPart } from './combine.ts'
export { DraftProvider, useDraft, useDraftStore } from './DraftProvider.tsx'
export type { Draft, SaveState } from './draft.ts'
export type { DraftConflict, OpenDraft } from './open-draft.ts'
export { problemsOf } from './problems-of.ts'
export type { DraftServer, SaveAnswer, ServerDraft } from './server.ts'
