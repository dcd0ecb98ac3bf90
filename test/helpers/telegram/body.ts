/** Reads the parameters of a Bot API call from query, JSON, form or multipart, as the real server takes them all. */

/** An uploaded file of a multipart call. */
export interface Upload {
  readonly field: string
  readonly name: string
  readonly bytes: Buffer
}

/** What a call brought. Values of forms are text and become JSON where a method expects it. */
export interface CallInput {
  readonly parameters: Readonly<Record<string, unknown>>
  readonly files: readonly Upload[]
}

/** Parameters and files of a call; undefined when the body is not what its type says. */
export function readInput(type: string, query: string, body: Buffer): CallInput | undefined {
  const fromQuery = query === '' ? {} : Object.fromEntries(new URLSearchParams(query))
  if (body.length === 0) return { parameters: fromQuery, files: [] }
  if (type.startsWith('application/json')) {
    const value = parseJson(body.toString('utf8'))
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    return { parameters: query === '' ? { ...value } : { ...fromQuery, ...value }, files: [] }
  }
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return { parameters: { ...fromQuery, ...Object.fromEntries(new URLSearchParams(body.toString('utf8'))) }, files: [] }
  }
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/.exec(type)?.[1]
  if (boundary === undefined) return undefined
  const multipart = readMultipart(body, boundary)
  return { parameters: { ...fromQuery, ...multipart.parameters }, files: multipart.files }
}

/** JSON or undefined. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function readMultipart(body: Buffer, boundary: string): CallInput {
  const parameters: Record<string, unknown> = {}
  const files: Upload[] = []
  const mark = Buffer.from(`--${boundary}`)
  let at = body.indexOf(mark)
  while (at >= 0) {
    const start = at + mark.length + 2
    const end = body.indexOf(mark, start)
    const head = body.indexOf('\r\n\r\n', start)
    if (end < 0 || head < 0 || head > end) break
    const headers = body.toString('utf8', start, head)
    const field = /name="?([^";\r\n]+)"?/.exec(headers)?.[1] ?? ''
    const file = /filename="?([^";\r\n]*)"?/.exec(headers)?.[1]
    const content = body.subarray(head + 4, end - 2)
    if (file === undefined) parameters[field] = content.toString('utf8')
    else files.push({ field, name: file, bytes: Buffer.from(content) })
    at = end
  }
  return { parameters, files }
}
