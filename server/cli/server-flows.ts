/** Flows of a running server, through its API. */
import { DomainError, type Problem, parseFlow, parseFlowTest, printFlow, printFlowTests } from '../engine/index.ts'
import type { OfflineFlows } from '../offline-flows.ts'
import { unreachable } from './errors.ts'

/** Longest time to wait for an answer. */
const PATIENCE_MS = 30_000

/** Calls the API of the server at `url`, which has no slash at its end. Nothing is asked before the first call. */
export function openServerFlows(url: string, key: string): OfflineFlows {
  const call = async (method: string, path: string, body?: string) => {
    const answer = await send(url, key, method, path, body)
    const text = await answer.text()
    if (answer.ok) return { status: answer.status, text }
    throw refusalOf(answer.status, text, url)
  }
  const get = async (path: string) => readObject((await call('GET', path)).text, url)
  const flowPath = (id: string) => `/api/flows/${encodeURIComponent(id)}`

  return {
    list: async () => {
      const ids: string[] = []
      let cursor = ''
      do {
        const page = await get(`/api/flows?limit=200${cursor}`)
        for (const flow of arrayOf(page.items)) if (isObject(flow) && flow.archived !== true && typeof flow.id === 'string') ids.push(flow.id)
        cursor = typeof page.next === 'string' ? `&cursor=${encodeURIComponent(page.next)}` : ''
      } while (cursor !== '')
      return ids
    },
    draft: async id => {
      const { draft } = await get(flowPath(id))
      const parsing = parseFlow(isObject(draft) ? draft.file : undefined)
      if (parsing.ok) return printFlow(parsing.flow)
      throw notOurs(url)
    },
    live: async id => {
      const { live } = await get(flowPath(id))
      if (isObject(live)) return (await call('GET', `${flowPath(id)}/versions/${String(live.version)}`)).text
      throw new DomainError('flow.not_live', { message: `Flow “${id}” was never published.`, hint: 'Leave --live out to get its draft.' })
    },
    saveDraft: async (id, text) => {
      const answer = await call('PUT', flowPath(id), text)
      return { isNew: answer.status === 201, problems: readProblems(readObject(answer.text, url).problems) }
    },
    publish: async (id, note, moves) => {
      const { version, hash, move } = readObject((await call('POST', `${flowPath(id)}/publish`, JSON.stringify({ note, moves }))).text, url)
      if (typeof version !== 'number' || typeof hash !== 'string') throw notOurs(url)
      return { version, hash, ...(isObject(move) && typeof move.total === 'number' ? { move: { total: move.total } } : {}) }
    },
    tests: async id => {
      const { file, updated_at } = await get(`${flowPath(id)}/tests`)
      if (updated_at === null) return undefined
      const parsing = parseFlowTest(file)
      if (parsing.ok) return printFlowTests(parsing.file)
      throw notOurs(url)
    },
    saveTests: async (id, text) => {
      await call('PUT', `${flowPath(id)}/tests`, text)
    },
    close: async () => {},
  }
}

async function send(url: string, key: string, method: string, path: string, body: string | undefined): Promise<Response> {
  try {
    return await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
  } catch (error) {
    throw unreachable(`No server answers at ${url}.`, 'Start it with `parley serve`, or name another one with --url or PARLEY_URL.', error)
  }
}

/** What a refusal of the API says, as our own error. */
function refusalOf(status: number, text: string, url: string): DomainError {
  const body = parseJson(text)
  const error = isObject(body) && isObject(body.error) ? body.error : undefined
  if (!error || typeof error.code !== 'string' || typeof error.message !== 'string') return notOurs(url)
  if (status === 401 || status === 403) return unreachable(`The server at ${url} refuses: ${error.message}`, 'Give a key with --key or PARLEY_API_KEY.')
  if (status >= 500) return unreachable(`The server at ${url} cannot do it now: ${error.message}`, textOf(error.hint) ?? 'Try again later.')
  const [hint, at] = [textOf(error.hint), textOf(error.at)]
  return new DomainError(error.code, {
    message: error.message,
    ...(hint === undefined ? {} : { hint }),
    ...(at === undefined ? {} : { at }),
    details: isObject(body) ? { problems: readProblems(body.problems) } : {},
  })
}

function notOurs(url: string): DomainError {
  return unreachable(`What answers at ${url} is not a Parley server of this release.`, 'Check --url or PARLEY_URL.')
}

function readObject(text: string, url: string): Readonly<Record<string, unknown>> {
  const value = parseJson(text)
  if (isObject(value)) return value
  throw notOurs(url)
}

function readProblems(value: unknown): readonly Problem[] {
  return arrayOf(value).flatMap(problem => {
    if (!isObject(problem) || typeof problem.message !== 'string') return []
    const [block, hint] = [textOf(problem.block), textOf(problem.hint)]
    return {
      code: textOf(problem.code) ?? '',
      severity: problem.severity === 'warning' ? ('warning' as const) : ('error' as const),
      at: textOf(problem.at) ?? '',
      ...(block === undefined ? {} : { block }),
      message: problem.message,
      ...(hint === undefined ? {} : { hint }),
    }
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
