/** Channels: what their accounts need and what they can do. All known ones are listed, adapters or not (rule 41). */
import type { TObject } from 'typebox'
import type { JsonSchema } from '../engine/index.ts'
import { ChannelAnswer, PageQuery, pageOf } from './contract.ts'
import { pageOfList } from './paging.ts'
import { defineRoute, ok, type Route } from './route.ts'

/** The calls about channels. */
export const channelRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/channels',
    scope: 'channels:read',
    summary: 'Every channel with its account fields, secrets, limits and abilities.',
    query: PageQuery,
    answers: { 200: pageOf(ChannelAnswer) },
    handle: async ({ query }, { channels, abilities }) => {
      const answers = Object.values(abilities).map((table): ChannelAnswer => {
        const channel = channels.find(candidate => candidate.type === table.channel)
        const made = new Set(Object.keys(channel?.generate?.() ?? {}))
        const { text, caption, buttons, attachments } = table
        return {
          channel: table.channel,
          title: channel?.title ?? table.title,
          available: channel !== undefined,
          receives: channel?.receives ?? null,
          fields: channel ? fieldsOf(channel.settings, new Set()) : [],
          secrets: channel ? fieldsOf(channel.secrets, made) : [],
          limits: { text, caption, buttons, attachments },
          abilities: table,
        }
      })
      return ok(pageOfList(answers, query))
    },
  }),
]

function fieldsOf(described: TObject, made: ReadonlySet<string>): ChannelAnswer['fields'] {
  const schema: JsonSchema = described
  return Object.entries(schema.properties ?? {}).map(([name, field]) => ({
    name,
    title: field.title ?? name,
    description: field.description ?? '',
    required: schema.required?.includes(name) ?? false,
    generated: made.has(name),
    schema: field,
  }))
}
