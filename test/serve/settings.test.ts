import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readSettings, WrongSettings } from '../../server/settings.ts'

const wrong: readonly { readonly name: string; readonly environment: Readonly<Record<string, string>>; readonly line: RegExp }[] = [
  { name: 'a port that is no number', environment: { PORT: 'http' }, line: /^PORT must be a number from 0 to 65535, not “http”\.$/ },
  { name: 'a port that does not exist', environment: { PORT: '65536' }, line: /^PORT must be/ },
  { name: 'a host with a path', environment: { HOST: 'a/b' }, line: /^HOST must be/ },
  { name: 'a public address without a scheme', environment: { PUBLIC_URL: 'chat.example.org' }, line: /^PUBLIC_URL must be an address/ },
  { name: 'a public address with a query', environment: { PUBLIC_URL: 'https://chat.example.org/?a=1' }, line: /^PUBLIC_URL must be/ },
  { name: 'a log level nobody knows', environment: { LOG_LEVEL: 'loud' }, line: /^LOG_LEVEL must be one of trace, debug/ },
  { name: 'a vendor address that is none', environment: { TELEGRAM_API_ROOT: 'localhost' }, line: /^TELEGRAM_API_ROOT must be/ },
  { name: 'a short secret, which it does not repeat', environment: { SECRET_KEY: 'hunter2' }, line: /^SECRET_KEY must be at least 8 characters long\.$/ },
  {
    name: 'too short an API key, which it does not repeat',
    environment: { API_KEY: 'abc' },
    line: /^API_KEY must be 4 to 256 characters of ASCII without spaces\.$/,
  },
  { name: 'a first administrator without a password', environment: { ADMIN_EMAIL: 'a@example.com' }, line: /^ADMIN_EMAIL and ADMIN_PASSWORD go together/ },
  {
    name: 'a first administrator who has no e-mail',
    environment: { ADMIN_EMAIL: 'ada', ADMIN_PASSWORD: 'long enough for all' },
    line: /^ADMIN_EMAIL must be an e-mail/,
  },
  {
    name: 'a short password, which it does not repeat',
    environment: { ADMIN_EMAIL: 'a@example.com', ADMIN_PASSWORD: 'hunter2' },
    line: /^ADMIN_PASSWORD must be 10 to 128 characters long\.$/,
  },
  { name: 'an allowed address that is none', environment: { HTTP_ALLOW: 'api.intranet, 10.0.0.0/99' }, line: /^HTTP_ALLOW must be a list of hosts/ },
  {
    name: 'PostgreSQL, which is not there yet',
    environment: { DATABASE_URL: 'postgres://db' },
    line: /^DATABASE_URL is set, but PostgreSQL is not in this release\./,
  },
]

describe('settings', () => {
  test.each(wrong)('one clear line refuses $name', ({ environment, line }) => {
    const lines = linesOf(environment)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(line)
    expect(lines[0]).not.toContain('hunter2')
  })

  test('every wrong value is told at once', () => {
    expect(linesOf({ PORT: 'x', LOG_LEVEL: 'x', PUBLIC_URL: 'x' })).toHaveLength(3)
  })

  test('hosts, addresses and networks that flows may call are divided by commas or spaces', () => {
    expect(readSettings({ HTTP_ALLOW: 'api.intranet, *.lan 10.1.0.0/16,::1' }).httpAllow).toEqual(['api.intranet', '*.lan', '10.1.0.0/16', '::1'])
  })

  test('nothing set, or set to nothing, gives the defaults', () => {
    for (const environment of [{}, { HOST: '', PORT: ' ', API_KEY: '' }]) {
      expect(readSettings(environment)).toEqual({
        host: '127.0.0.1',
        port: 3000,
        dataDir: resolve('data'),
        publicUrl: undefined,
        secretKey: undefined,
        apiKey: undefined,
        logLevel: 'info',
        apiRoots: {},
        httpAllow: [],
      })
    }
  })

  test('addresses lose their last slash and vendors are found by channel', () => {
    const settings = readSettings({ PUBLIC_URL: 'https://chat.example.org/', TELEGRAM_API_ROOT: 'http://127.0.0.1:9000/' })
    expect(settings.publicUrl).toBe('https://chat.example.org')
    expect(settings.apiRoots).toEqual({ telegram: 'http://127.0.0.1:9000' })
  })
})

function linesOf(environment: Readonly<Record<string, string>>): readonly string[] {
  try {
    readSettings(environment)
    return []
  } catch (error) {
    if (error instanceof WrongSettings) return error.lines
    throw error
  }
}
