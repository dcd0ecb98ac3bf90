/** The block types in the designer, in the order of the palette: icon, face and form of each. */
import { abandonView } from './abandon/index.ts'
import type { BlockView } from './block-view.ts'
import { conditionView } from './condition/index.ts'
import { endView } from './end/index.ts'
import { greetingView } from './greeting/index.ts'
import { httpView } from './http/index.ts'
import { intentView } from './intent/index.ts'
import { keywordsView } from './keywords/index.ts'
import { listenView } from './listen/index.ts'
import { menuView } from './menu/index.ts'
import { messageView } from './message/index.ts'
import { messageCheckView } from './message_check/index.ts'
import { onErrorView } from './on_error/index.ts'
import { onInactivityView } from './on_inactivity/index.ts'
import { onKeywordView } from './on_keyword/index.ts'
import { questionView } from './question/index.ts'
import { queueView } from './queue/index.ts'
import { rateView } from './rate/index.ts'
import { returnToWaitView } from './return/index.ts'
import { setView } from './set/index.ts'
import { startView } from './start/index.ts'
import { waitView } from './wait/index.ts'

export type { BlockView } from './block-view.ts'
export { BlockTile, inWords, piecesOf, Tokens } from './gist/index.ts'

/** Every type. To add one, write its folder and a line here. */
export const BLOCK_VIEWS: readonly BlockView[] = [
  startView,
  onKeywordView,
  returnToWaitView,
  onInactivityView,
  onErrorView,
  greetingView,
  messageView,
  questionView,
  menuView,
  listenView,
  keywordsView,
  intentView,
  messageCheckView,
  conditionView,
  setView,
  waitView,
  httpView,
  queueView,
  rateView,
  abandonView,
  endView,
]

const byType: ReadonlyMap<string, BlockView> = new Map(BLOCK_VIEWS.map(view => [view.type, view]))

/** The view of that type; undefined for one that this release does not have. */
export function blockViewOf(type: string): BlockView | undefined {
  return byType.get(type)
}

/** Loads every form, so that choosing a block works without a connection too. Called when nothing else is to be done. */
export async function preloadForms(): Promise<void> {
  await Promise.all(BLOCK_VIEWS.map(view => view.loadForm()))
}
