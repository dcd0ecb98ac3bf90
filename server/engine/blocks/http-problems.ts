/** What can be wrong with an HTTP call before it is made. */
import type { Problem } from '../errors.ts'
import { readJsonPath } from '../language/json-path.ts'
import type { LintView } from './block.ts'
import type { Http } from './http.ts'
import { wrongUrl } from './http-texts.ts'

/** Methods whose body means nothing. */
export const WITHOUT_BODY: ReadonlySet<string> = new Set(['GET', 'DELETE'])

/** What a header may be called. */
export const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/

/** Headers that belong to the connection, not to the call. */
export const RESERVED_HEADERS: ReadonlySet<string> = new Set([
  ...['connection', 'content-length', 'expect', 'host', 'keep-alive', 'proxy-authorization', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
])

/** Everything that is wrong with the settings themselves. */
export function httpProblems(block: Http, view: LintView): readonly Problem[] {
  return [...urlProblems(block, view), ...headerProblems(block, view), ...bodyProblems(block, view), ...saveProblems(block, view)]
}

function urlProblems(block: Http, view: LintView): readonly Problem[] {
  if (block.url.trim() === '') return [view.problem('no_url', 'error', '/url', 'There is no address to call.', 'Write the address of the API.')]
  const wrong = wrongUrl(block.url)
  if (wrong !== undefined)
    return [view.problem('invalid_url', 'error', '/url', wrong, 'Write it like https://shop.example.com/orders/{{ vars.order_number }}.')]
  if (!block.url.trim().startsWith('http:')) return []
  return [view.problem('not_encrypted', 'warning', '/url', 'The call is not encrypted: others can read it on its way.', 'Use https://.')]
}

function headerProblems(block: Http, view: LintView): readonly Problem[] {
  return (block.headers ?? []).flatMap(({ name }, index) => {
    const at = `/headers/${index}/name`
    if (RESERVED_HEADERS.has(name.toLowerCase()))
      return [view.problem('invalid_header', 'error', at, `The header “${name}” belongs to the connection and cannot be set.`, 'Remove it.')]
    return HEADER_NAME.test(name)
      ? []
      : [
          view.problem(
            'invalid_header',
            'error',
            at,
            name === '' ? 'A header has no name.' : `“${name}” is no name of a header.`,
            'Write it like Authorization.',
          ),
        ]
  })
}

function bodyProblems(block: Http, view: LintView): readonly Problem[] {
  const hasBody = block.body_type === 'form' ? (block.form ?? []).length > 0 : (block.body ?? '').trim() !== ''
  if (!hasBody) return []
  if (WITHOUT_BODY.has(block.method ?? 'GET'))
    return [view.problem('body_not_sent', 'warning', '/body', `${block.method ?? 'GET'} sends no body.`, 'Use POST or PUT, or remove the body.')]
  if ((block.body_type ?? 'json') !== 'json' || isJson(block.body ?? '')) return []
  const hint = 'Put each value inside a text: { "number": "{{ vars.number }}" }.'
  return [view.problem('invalid_json', 'error', '/body', 'The body is no JSON.', hint)]
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function saveProblems(block: Http, view: LintView): readonly Problem[] {
  return (block.save ?? []).flatMap(({ path, variable }, index) => [
    ...(path.trim() === '' || readJsonPath(path) === null
      ? [
          view.problem(
            'invalid_path',
            'error',
            `/save/${index}/path`,
            path.trim() === '' ? 'It is not said what to keep of the answer.' : `“${path}” is no path in an answer.`,
            'Write it like total, items[0].name or $ for the whole answer.',
          ),
        ]
      : []),
    ...(variable === ''
      ? [view.problem('no_variable', 'error', `/save/${index}/variable`, 'It is not said which variable takes the value.', 'Choose a variable.')]
      : []),
  ])
}
