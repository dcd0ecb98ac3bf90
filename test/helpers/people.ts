/** People who sign in to a test server as a browser does: with a cookie, from our own page. */
import type { Role } from '../../server/api/roles.ts'
import type { ApiAnswer, TestServer } from './server.ts'

/** The password of everybody in tests. */
export const PASSWORD = 'correct horse battery'

/** Somebody who is signed in. */
export interface Person {
  readonly cookie: string
  /** As the page calls: with the cookie and our origin, unless `headers` say otherwise. */
  call(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<ApiAnswer>
}

/** The cookies of an answer, as a browser sends them back. */
export function cookiesOf({ headers }: ApiAnswer): string {
  return headers
    .getSetCookie()
    .filter(cookie => !/Max-Age=0/i.test(cookie))
    .map(cookie => cookie.split(';')[0])
    .join('; ')
}

/** Signs in. */
export async function signIn(server: TestServer, email: string, password = PASSWORD): Promise<Person> {
  const answer = await server.call('POST', '/api/sign_in', { email, password }, { key: null })
  if (answer.status !== 200) throw new Error(`${email} could not sign in: ${answer.text}`)
  return personOf(server, cookiesOf(answer))
}

/** Somebody with this cookie. */
export function personOf(server: TestServer, cookie: string): Person {
  return {
    cookie,
    call: (method, path, body, headers = {}) => server.call(method, path, body, { key: null, headers: { cookie, origin: server.url, ...headers } }),
  }
}

/** Lets somebody in and signs them in, as an administrator and then the person would. */
export async function letIn(server: TestServer, role: Role, email = `${role}@example.com`): Promise<Person> {
  const { link } = (await server.call('POST', '/api/users', { name: `The ${role}`, email, role })).body
  const answer = await server.call('POST', '/api/welcome', { token: tokenOf(link.url), password: PASSWORD }, { key: null })
  if (answer.status !== 200) throw new Error(`${email} could not come in: ${answer.text}`)
  return personOf(server, cookiesOf(answer))
}

/** The token of a one-time link. */
export function tokenOf(url: string): string {
  return new URL(url).hash.slice(1)
}
