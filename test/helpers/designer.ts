/** The built designer on a real server, in a real browser, signed in by the key of the tests. */
import type { Browser, BrowserContext, Page } from 'playwright'
import { launchBrowser } from './browser.ts'
import type { Person } from './people.ts'
import { ADMIN_KEY, startTestServer, type TestServer } from './server.ts'
import { type BuiltWeb, buildWeb } from './web.ts'

/** A designer to be opened; close it in the end. */
export interface OpenDesigner {
  readonly server: TestServer
  /** A page of its own; errors of the page are in `errors`. */
  newPage(options?: {
    readonly colorScheme?: 'light' | 'dark'
    readonly width?: number
    readonly height?: number
    /** False: somebody whom the designer does not know, as in a web chat. */
    readonly isSignedIn?: boolean
    /** Somebody who is signed in, in place of the key of the tests; null: a stranger. */
    readonly person?: Person | null
  }): Promise<{ page: Page; errors: readonly string[] }>
  close(): Promise<void>
}

/** Builds the designer, and other pages that a test needs, and starts what they need. */
export async function startDesigner(more: Readonly<Record<string, string>> = {}): Promise<OpenDesigner> {
  const web: BuiltWeb = await buildWeb({ designer: 'designer/index.html', ...more })
  const server = await startTestServer({}, { web: web.folder })
  const browser: Browser = await launchBrowser()
  const contexts: BrowserContext[] = []
  return {
    server,
    newPage: async ({ colorScheme = 'light', width = 1440, height = 900, person, isSignedIn = true } = {}) => {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme,
        reducedMotion: 'reduce',
        acceptDownloads: true,
        ...(person !== undefined || !isSignedIn ? {} : { extraHTTPHeaders: { authorization: `Bearer ${ADMIN_KEY}` } }),
      })
      if (person) await context.addCookies(person.cookie.split('; ').map(pair => ({ ...splitCookie(pair), url: server.url })))
      contexts.push(context)
      const page = await context.newPage()
      page.setDefaultTimeout(10_000)
      const errors: string[] = []
      page.on('pageerror', error => errors.push(error.message))
      return { page, errors }
    },
    close: async () => {
      for (const context of contexts) await context.close()
      await browser.close()
      await server.close()
      await web.remove()
    },
  }
}

function splitCookie(pair: string): { readonly name: string; readonly value: string } {
  const [name = '', ...value] = pair.split('=')
  return { name, value: value.join('=') }
}
