/** Web chat: our own page and widget as a channel like any other. The page talks to `api/webchat.ts`, never to this folder. */
import { randomBytes } from 'node:crypto'
import Type from 'typebox'
import { type Account, type Connection, defineChannel, type Tools } from '../channel.ts'
import { abilities } from './abilities.ts'
import { parse, verify } from './receive.ts'
import { contactOf, mintToken, signUpload, tokenOf } from './visitor.ts'

export { clientIdOf } from './receive.ts'

/** Visitors and their uploads, for whoever serves the page. */
export const visitors = { mintToken, tokenOf, contactOf, signUpload }

/** What an operator sets for a web chat. */
const settings = Type.Object(
  {
    title: Type.Optional(Type.String({ title: 'Title', description: 'The name at the top of the chat. Empty: the name of the connector.', maxLength: 60 })),
    subtitle: Type.Optional(
      Type.String({ title: 'Subtitle', description: 'A short line under the title, such as “Usually answers in a minute”.', maxLength: 80 }),
    ),
    colour: Type.Optional(
      Type.String({
        title: 'Colour',
        description: 'Colour of the visitor’s messages and of the round button, such as #0B6B78. It is darkened as far as white text needs it.',
        pattern: '^#[0-9A-Fa-f]{6}$',
      }),
    ),
    allowed_origins: Type.Optional(
      Type.Array(Type.String({ pattern: '^(\\*|https?://(\\*\\.)?[A-Za-z0-9.-]+(:[0-9]{1,5})?)$' }), {
        title: 'Allowed origins',
        description:
          'Sites that may show the widget, such as https://shop.example or https://*.shop.example; * for every site. Empty: only Parley’s own address.',
        maxItems: 50,
      }),
    ),
  },
  { additionalProperties: false },
)

/** The one secret is ours: it signs what a visitor uploaded, so that nobody attaches a stranger's file. */
const secrets = Type.Object(
  {
    signing_key: Type.Optional(
      Type.String({ title: 'Signing key', description: 'Signs the files that visitors upload. Made by Parley; nobody needs to see it.', minLength: 32 }),
    ),
  },
  { additionalProperties: false },
)

/** The web chat channel. */
export const webchat = defineChannel({
  type: 'webchat',
  title: abilities.title,
  abilities,
  settings,
  secrets,
  generate: () => ({ signing_key: randomBytes(32).toString('base64url') }),
  accountId: () => undefined,
  receives: 'page',
  verify,
  parse,
  connect,
})

/** There is no vendor: a delivery is sent when it is committed, because the pages read the transcript from the store. */
function connect(account: Account, tools: Tools): Connection {
  return {
    send: async delivery => ({ type: 'sent', vendor_id: delivery.id }),
    typing: async contact => tools.page?.typing(contact, abilities.typing_ms),
    test: async () => [
      account.secrets.signing_key
        ? { name: 'Chat page', ok: true, message: `The chat answers at /chat/${account.connector}.` }
        : {
            name: 'Chat page',
            ok: false,
            message: 'The chat answers, but visitors cannot attach files: the signing key is missing.',
            hint: 'Use Update token and leave the signing key empty; Parley makes a new one.',
          },
    ],
    close: async () => undefined,
  }
}
