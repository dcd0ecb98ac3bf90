/** The block types, in the order of the palette. */
import { abandon } from './abandon.ts'
import type { BlockType } from './block.ts'
import { condition } from './condition.ts'
import { end } from './end.ts'
import { greeting } from './greeting.ts'
import { http } from './http.ts'
import { intent } from './intent.ts'
import { keywords } from './keywords.ts'
import { listen } from './listen.ts'
import { menu } from './menu.ts'
import { message } from './message.ts'
import { messageCheck } from './message_check.ts'
import { onError } from './on_error.ts'
import { onInactivity } from './on_inactivity.ts'
import { onKeyword } from './on_keyword.ts'
import { question } from './question.ts'
import { queue } from './queue.ts'
import { rate } from './rate.ts'
import { returnToWait } from './return.ts'
import { set } from './set.ts'
import { start } from './start.ts'
import { wait } from './wait.ts'

/** Every type, in the order of the palette. */
export const BLOCK_TYPES: readonly BlockType[] = [
  start,
  onKeyword,
  returnToWait,
  onInactivity,
  onError,
  greeting,
  message,
  question,
  menu,
  listen,
  keywords,
  intent,
  messageCheck,
  condition,
  set,
  wait,
  http,
  queue,
  rate,
  abandon,
  end,
]

const byName: ReadonlyMap<string, BlockType> = new Map(BLOCK_TYPES.map(type => [type.type, type]))

/** The type of that name; undefined for one that this release does not have. */
export function blockTypeOf(type: string): BlockType | undefined {
  return byName.get(type)
}
