/** Words around the canvas: header and what happens to a whole flow. */
import type { SaveState } from '../draft/draft.ts'

const saveStates: Readonly<Record<SaveState, string>> = {
  saved: 'Draft, saved',
  unsaved: 'Draft, not saved yet',
  saving: 'Saving…',
  offline: 'Kept in this browser',
  conflict: 'Changed by somebody else',
  refused: 'Not saved',
}

export const editor = {
  flows: 'Flows',
  flowMenu: (name: string) => `${name}: more about this flow`,
  rename: 'Rename',
  duplicate: 'Duplicate',
  archive: 'Archive',
  breadcrumb: 'Where you are',
  saveStates,
  savedAgain: 'Saved again',
  skipToCanvas: 'Skip to the canvas',
  whoPublishes: 'A publisher or an administrator publishes.',
  offlineStrip: 'Not saved yet. Your changes are kept in this browser.',
  live: (version: number) => `Live: version ${version}`,
  differs: 'draft differs',
  notLive: 'Not live yet',
  readOnly: 'You may look, not change',
  views: { draw: 'Draw', versions: 'Versions', live: 'Live' },
  view: 'View of the flow',
  undo: 'Undo',
  redo: 'Redo',
  find: 'Find',
  try: 'Try',
  publish: 'Publish',
  blocks: 'Blocks',
  canvas: 'Canvas',
  problems: 'Problems',
  inspector: 'Inspector',
  simulator: 'Try the draft',
  unknownFlow: 'There is no flow of this name',
  unknownFlowHint: 'It may have been renamed in its file. The list shows every flow.',
} as const
