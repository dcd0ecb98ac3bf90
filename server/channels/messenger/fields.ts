/** The fields of a page's account. */
import { randomBytes } from 'node:crypto'
import { type Static, Type } from 'typebox'
import type { Account, Tools } from '../channel.ts'
import { textOf } from '../json.ts'
import { GRAPH_ROOT } from '../meta-graph.ts'

/** Settings of a page. */
export const settings = Type.Object(
  {
    page_username: Type.Optional(Type.String({ title: 'Page username', description: 'For display only, without @.', maxLength: 100 })),
    page_id: Type.String({ title: 'Page ID', description: 'Digits; shown in the page’s About section.', pattern: '^[0-9]{1,32}$' }),
    app_id: Type.Optional(
      Type.String({
        title: 'App ID',
        description: 'Lets Set webhook register the callback address too; without it you paste the address in the App Dashboard.',
        pattern: '^[0-9]{1,32}$',
      }),
    ),
    api_version: Type.Optional(
      Type.String({ title: 'Graph API version', description: 'Versions end after about two years.', pattern: '^v[0-9]{1,3}\\.[0-9]{1,2}$', default: 'v25.0' }),
    ),
    api_root: Type.Optional(
      Type.String({ title: 'Graph API address', description: 'Only for a gateway or a test server.', pattern: '^https?://', maxLength: 500 }),
    ),
  },
  { additionalProperties: false },
)

/** Secrets of a page. */
export const secrets = Type.Object(
  {
    token: Type.String({
      title: 'Token',
      description: 'Page access token with pages_messaging and pages_manage_metadata.',
      minLength: 1,
      maxLength: 1000,
    }),
    app_secret: Type.String({
      title: 'App secret',
      description: 'App Dashboard, Settings, Basic. Proves that calls come from Meta.',
      minLength: 1,
      maxLength: 200,
    }),
    verify_token: Type.Optional(
      Type.String({
        title: 'Webhook verify token',
        description: 'Any text of yours; Meta repeats it once to check the address.',
        minLength: 1,
        maxLength: 200,
      }),
    ),
  },
  { additionalProperties: false },
)

/** A page's settings and secrets with their types; the runtime has checked them against the schemas above. */
export interface Page {
  readonly settings: Static<typeof settings>
  readonly secrets: Static<typeof secrets>
}

/** Reads the account. A missing value reads as empty: a signature check against it fails instead of passing. */
export function readPage(account: Account): Page {
  const text = (values: Readonly<Record<string, unknown>>, key: string) => textOf(values[key])
  const optional = <K extends string>(values: Readonly<Record<string, unknown>>, key: K) => {
    const value = text(values, key)
    // The key is the one asked for; a computed key loses its name in the type.
    return (value === undefined ? {} : { [key]: value }) as { readonly [key in K]?: string }
  }
  return {
    settings: {
      page_id: text(account.settings, 'page_id') ?? '',
      ...optional(account.settings, 'page_username'),
      ...optional(account.settings, 'app_id'),
      ...optional(account.settings, 'api_version'),
      ...optional(account.settings, 'api_root'),
    },
    secrets: {
      token: text(account.secrets, 'token') ?? '',
      app_secret: text(account.secrets, 'app_secret') ?? '',
      ...optional(account.secrets, 'verify_token'),
    },
  }
}

/** The base URL of the Graph API for this page. */
export function graphBase(page: Page, tools: Tools): string {
  return page.settings.api_root ?? tools.api_root ?? GRAPH_ROOT
}

/** Makes the secrets that are ours to choose. */
export function generate(): { readonly verify_token: string } {
  return { verify_token: randomBytes(24).toString('base64url') }
}
