import { parseDuration } from '../language/index.ts'
import type { Turn } from '../turn.ts'
import { defineBlock, fail, leave, stay, waitFor } from './block.ts'
import { Type } from './setting-type.ts'
import { durationSetting, settings } from './settings.ts'

/** Waits for a while or until a time of day. With both set, `for` counts. */
export const wait = defineBlock({
  type: 'wait',
  group: 'act',
  title: 'Wait',
  purpose: 'Waits a while, or until a time of day. Connect “message” to go on at once when the contact writes.',
  schema: settings({
    for: Type.Optional(durationSetting({ title: 'For', description: 'How long to wait, like 5 min. It starts when the message before it has been sent.' })),
    until: Type.Optional(
      Type.String({
        pattern: '^([01]?\\d|2[0-3]):[0-5]\\d$',
        title: 'Until',
        description: "A time of day like 08:30 in the flow's time zone: today, or tomorrow when it has passed.",
        examples: ['08:30'],
      }),
    ),
  }),
  example: { type: 'wait', for: '5 min', exits: { next: 'reminder' } },
  exits: () => [
    { name: 'next', needed: false },
    { name: 'message', needed: false },
  ],
  run(block, turn) {
    const due = dueIn(block, turn)
    return due === null ? fail('no_duration', 'The block does not say how long to wait') : waitFor({ for: 'time', timeout_ms: due })
  },
  resume(block, turn, _compiled, came) {
    if (came.type === 'timeout') return leave('next', block.for === undefined ? `It is ${block.until}` : `Waited ${block.for}`)
    if (came.type !== 'message' || block.exits?.message === undefined) return stay('Still waiting')
    turn.take(came.message)
    return leave('message', 'The contact wrote meanwhile')
  },
  lint(block, view) {
    if (block.for === undefined && block.until === undefined) {
      return [view.problem('no_duration', 'error', '/for', 'The block does not say how long to wait.', 'Set “for” or “until”.')]
    }
    return block.for !== undefined && block.until !== undefined
      ? [view.problem('two_durations', 'warning', '/until', 'Both “for” and “until” are set; “until” is not used.', 'Remove one of them.')]
      : []
  },
})

function dueIn(block: { readonly for?: string; readonly until?: string }, turn: Turn): number | null {
  if (block.for !== undefined) return parseDuration(block.for)
  const due = block.until === undefined ? null : turn.tools.nextTime(block.until, turn)
  return due === null ? null : due - turn.now
}
