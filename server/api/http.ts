/** HTTP: the table of routes, pages and files on one Express application. Express stays here and in the pages' own files. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import express, { type ErrorRequestHandler, type Express, type NextFunction, type Request, type Response } from 'express'
import helmet from 'helmet'
import { DomainError } from '../engine/index.ts'
import type { Credentials } from './callers.ts'
import { checkShape, readQuery } from './check.ts'
import { answerOf, notFound } from './errors.ts'
import { filesRouter } from './files.ts'
import { malformedJson } from './flows.ts'
import { checkScope } from './keys.ts'
import { describeApi } from './openapi.ts'
import type { Parts } from './parts.ts'
import type { Answer, Caller, Route } from './route.ts'
import { ROUTES } from './routes.ts'
import { checkOrigin } from './sign-in/origin.ts'
import type { From } from './sign-in/sign-in.ts'
import { type WebchatOptions, webchatRouter } from './webchat.ts'
import { addressOf, perMinute } from './webchat-limits.ts'

/** Largest bodies (bytes): anything, and flow files. */
const MOST_BYTES = 1_000_000
const MOST_FLOW_BYTES = 4_000_000

/** Addresses of the designer: one page, which shows what its address says. */
const PAGES = ['flows', 'conversations', 'desk', 'queues', 'connectors', 'insights', 'settings']
const DESIGNER_PAGES = ['/', '/welcome', ...PAGES.flatMap(page => [`/${page}`, `/${page}/*rest`])]

/** Addresses that are no pages of the designer. */
const OTHERS = /^\/(api|hooks|chat|files|assets|webchat)(\/|$)|\.\w+$/

/** Where a caller without a key is nobody. */
const NOBODY: Caller = { key: '', name: '', scopes: [] }

/** What the application is made of. */
export interface HttpOptions {
  readonly parts: Parts
  readonly identify: (credentials: Credentials) => Promise<Caller>
  readonly webchat: WebchatOptions
  /** Folder of the built pages. */
  readonly web: string
  readonly log: { error(facts: object, message: string): void }
}

/** Makes the application; webhooks do not come through it. */
export function createHttp({ parts, identify, webchat, web, log }: HttpOptions): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  // A proxy on this machine says who really calls; nobody else is believed.
  app.set('trust proxy', 'loopback')
  // A query is read by its schema, not guessed into objects.
  app.set('query parser', false)
  app.use(securityHeaders)
  for (const route of ROUTES) mountRoute(app, route, parts, identify)
  refuseOtherMethods(app)
  const description = JSON.stringify(describeApi())
  app.get('/api/openapi.json', (_request, response) => void response.type('json').send(description))
  app.use(filesRouter(parts))
  app.use(webchatRouter(webchat))
  // Names of built files change with their content.
  app.use('/assets', express.static(join(web, 'assets'), { immutable: true, maxAge: '1y', index: false, redirect: false }))
  app.get(DESIGNER_PAGES, (_request, response, next) => {
    const page = join(web, 'index.html')
    if (!existsSync(page)) return next(notFound())
    response.set('cache-control', 'no-cache').sendFile(page)
  })
  // Somebody who reads is told so by a page; a program by an error.
  app.use((request, response, next) => {
    const page = join(web, 'index.html')
    const isForPeople = request.method === 'GET' && !OTHERS.test(request.path) && request.accepts(['json', 'html']) === 'html'
    if (!isForPeople || !existsSync(page)) return next(notFound())
    response.status(404).set('cache-control', 'no-cache').sendFile(page)
  })
  const answerError: ErrorRequestHandler = (error: unknown, request: Request, response: Response, next: NextFunction) => {
    const answer = answerOf(error, request.path)
    if (answer.isBug) log.error({ err: error, method: request.method, path: request.path }, 'request failed')
    if (response.headersSent) return next(error)
    response.status(answer.status).set(answer.headers).set('cache-control', 'no-store').json(answer.body)
  }
  app.use(answerError)
  return app
}

const securityHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      // The designer's component library writes styles into the page; scripts stay strict.
      styleSrc: ["'self'", "'unsafe-inline'"],
      fontSrc: ["'self'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      workerSrc: ["'self'"],
      connectSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  // Whoever serves with https says so in front of it; on plain http the header means nothing.
  strictTransportSecurity: false,
})

function mountRoute(app: Express, route: Route, parts: Parts, identify: HttpOptions['identify']): void {
  const readBody = express.raw({ type: () => true, limit: route.body === 'flow' ? MOST_FLOW_BYTES : MOST_BYTES })
  const answerCall = async (request: Request, response: Response): Promise<void> => {
    const from = { cookie: request.get('cookie'), address: request.ip ?? '', userAgent: request.get('user-agent') }
    const caller = await callerOf(request, route, from, identify)
    checkProvenance(request, route, caller, parts.publicUrl())
    await new Promise<void>((resolve, reject) => readBody(request, response, error => (error ? reject(error) : resolve())))
    const bytes: unknown = request.body
    const text = Buffer.isBuffer(bytes) ? bytes.toString('utf8') : ''
    const mark = request.url.indexOf('?')
    const answer = await route.handle(
      {
        params: namedParams(request),
        query: readQuery(route.query, new URLSearchParams(mark < 0 ? '' : request.url.slice(mark + 1))) as never,
        body: readJsonBody(request, route, text) as never,
        text,
        ifMatch: request.get('if-match'),
        caller,
        from,
      },
      parts,
    )
    send(response, answer)
  }
  const limits = route.perMinute === undefined ? [] : [perMinute(route.perMinute, addressOf, tooMany)]
  app[VERBS[route.method]](expressPath(route.path), ...limits, answerCall)
}

const VERBS = { GET: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'delete' } as const

function callerOf(request: Request, route: Route, from: From, identify: HttpOptions['identify']): Promise<Caller> | Caller {
  const { scope } = route
  if (scope === 'public') return NOBODY
  return identify({ authorization: request.get('authorization'), from }).then(caller => {
    if (scope !== 'any') checkScope(caller, scope)
    return caller
  })
}

/** What changes something with the right of a cookie, or gives one, must come from our own pages. Programs that sign in name no origin. */
function checkProvenance(request: Request, route: Route, caller: Caller, publicUrl: string): void {
  if (route.method === 'GET') return
  const provenance = { origin: request.get('origin'), site: request.get('sec-fetch-site'), host: request.get('host') }
  if (caller.user || (route.scope === 'public' && provenance.origin !== undefined)) checkOrigin(provenance, publicUrl)
}

function tooMany(): DomainError {
  return new DomainError('request.too_many', { message: 'That was a lot at once.', hint: 'Wait a minute and try again.', retry: 'later' })
}

/** The body as its schema has it. A call that needs nothing may leave it out. */
function readJsonBody(request: Request, route: Route, text: string): unknown {
  if (route.body === undefined) return undefined
  const type = request.get('content-type')
  if (text !== '' && !/^application\/([\w.+-]+\+)?json(\s*;|$)/i.test(type ?? '')) {
    throw new DomainError('request.wrong_content_type', {
      message: type === undefined ? 'The body has no content type.' : `The body is said to be “${type}”.`,
      hint: 'Send JSON with the header "Content-Type: application/json".',
      at: 'Content-Type',
    })
  }
  if (route.body === 'flow') return undefined
  let body: unknown = {}
  try {
    if (text !== '') body = JSON.parse(text)
  } catch (error) {
    throw malformedJson(error instanceof Error ? `${error.message}.` : '')
  }
  checkShape(route.body, body)
  return body
}

function send(response: Response, answer: Answer): void {
  response.status(answer.status).set('cache-control', 'no-store')
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.set(name, typeof value === 'string' ? value : [...value])
  if (answer.text) response.setHeader('content-type', answer.text.type).end(answer.text.content)
  else if (answer.body === undefined) response.end()
  else response.json(answer.body)
}

/** A path that exists under another method says which (405). */
function refuseOtherMethods(app: Express): void {
  for (const path of new Set(ROUTES.map(route => route.path))) {
    const methods = ROUTES.filter(route => route.path === path).map(route => (route.method === 'GET' ? 'GET, HEAD' : route.method))
    const allow = methods.join(', ')
    app.all(expressPath(path), (request, _response, next) =>
      next(new DomainError('request.wrong_method', { message: `${request.method} is not possible here.`, hint: `Possible: ${allow}.`, details: { allow } })),
    )
  }
}

function expressPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1')
}

function namedParams(request: Request): Readonly<Record<string, string>> {
  // No route has a wildcard, so every parameter is one text.
  return request.params as Record<string, string>
}
