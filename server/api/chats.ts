/** The web chats that the home page offers: everything in it is public anyway. */

import { webhookUrl } from './connectors.ts'
import { ChatsAnswer } from './contract.ts'
import { defineRoute, ok, type Route } from './route.ts'

/** The call of the home page. */
export const chatRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/chats.json',
    scope: 'public',
    summary: 'Web chats that are open, for the home page.',
    answers: { 200: ChatsAnswer },
    handle: async (_call, parts) => {
      const open = (await parts.store.connectors.list()).filter(connector => connector.enabled && connector.channel === 'webchat')
      const chats = open.map(connector => {
        const { title, subtitle } = connector.settings
        return {
          title: typeof title === 'string' ? title : connector.name,
          subtitle: typeof subtitle === 'string' ? subtitle : '',
          url: new URL(webhookUrl(parts, connector)).pathname,
        }
      })
      const answer: ChatsAnswer = { chats }
      return ok(answer)
    },
  }),
]
