import type { Event } from '../event.ts'
import { defineBlock, type Exit, leave } from './block.ts'
import { idProblems } from './problems.ts'
import { Type } from './setting-type.ts'
import { idSetting, settings } from './settings.ts'

/** Where a conversation begins. A payload ending in `*` stands for every payload that begins so. */
export const start = defineBlock({
  type: 'start',
  group: 'entries',
  title: 'Start',
  purpose: 'Every conversation begins here. A link or a channel may begin at another block.',
  entry: true,
  schema: settings({
    cases: Type.Optional(
      Type.Array(
        settings({
          id: idSetting({ title: 'Exit', description: 'The name of the exit of this case.' }),
          payloads: Type.Optional(
            Type.Array(Type.String(), {
              title: 'Links',
              description:
                'What a link to the chat carries: promo for t.me/your_bot?start=promo. Compared exactly; promo_* stands for all that begin with promo_.',
            }),
          ),
          channels: Type.Optional(
            Type.Array(Type.String(), { title: 'Channels', description: 'Only conversations on these channels, like telegram or webchat.' }),
          ),
        }),
        {
          title: 'Cases',
          description: 'Other ways to begin. The first case whose links and channels both fit is taken, else the flow leaves by “next”.',
        },
      ),
    ),
  }),
  example: {
    type: 'start',
    cases: [{ id: 'promo', payloads: ['promo', 'promo_*'] }],
    exits: { next: 'hello', promo: 'offer' },
  },
  exits: block => [{ name: 'next', needed: false }, ...(block.cases ?? []).map(caseExit)],
  run(block, turn) {
    const payload = payloadOf(turn.event)
    for (const { id, payloads = [], channels = [] } of block.cases ?? []) {
      if (payloads.length === 0 && channels.length === 0) continue
      if (payloads.length > 0 && (payload === undefined || !payloads.some(wanted => fits(payload, wanted)))) continue
      if (channels.length > 0 && !channels.includes(turn.contact.channel)) continue
      return leave(id, payloads.length > 0 ? `Began with “${payload}”` : `Began on ${turn.contact.channel}`)
    }
    return leave('next', payload === undefined ? '' : `Began with “${payload}”`)
  },
  lint(block, view) {
    const cases = block.cases ?? []
    const empty = cases.flatMap((entry, index) =>
      (entry.payloads ?? []).length > 0 || (entry.channels ?? []).length > 0
        ? []
        : [
            view.problem(
              'empty_case',
              'error',
              `/cases/${index}`,
              `The case “${entry.id}” names no link and no channel, so it is never taken.`,
              'Add a link or a channel.',
            ),
          ],
    )
    return [...idProblems(view, cases, '/cases', ['next']), ...empty]
  },
})

function caseExit(entry: { readonly id: string; readonly payloads?: readonly string[]; readonly channels?: readonly string[] }): Exit {
  return { name: entry.id, needed: true, label: [...(entry.payloads ?? []), ...(entry.channels ?? [])].join(', ') || entry.id }
}

function payloadOf(event: Event): string | undefined {
  return event.type === 'conversation_started' ? event.payload : undefined
}

function fits(payload: string, wanted: string): boolean {
  return wanted.endsWith('*') ? payload.startsWith(wanted.slice(0, -1)) : payload === wanted
}
