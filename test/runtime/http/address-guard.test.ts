import type { LookupAddress } from 'node:dns'
import { describe, expect, test } from 'vitest'
import { BlockedAddress, createAddressGuard, isPublic } from '../../../server/runtime/http/address-guard.ts'
import addresses from './addresses.json' with { type: 'json' }

test.each(addresses)('$address is public: $public ($what)', ({ address, public: expected }) => {
  expect(isPublic(address)).toBe(expected === true)
})

/** What a connection would get. */
function lookUp(guard: ReturnType<typeof createAddressGuard>, hostname: string): Promise<readonly LookupAddress[]> {
  return new Promise((resolve, reject) =>
    guard.lookup(hostname, { all: true }, (error, found) => (error ? reject(error) : resolve(Array.isArray(found) ? found : []))),
  )
}

const resolving =
  (...found: readonly string[]): NonNullable<Parameters<typeof createAddressGuard>[1]> =>
  (_hostname, _options, callback) =>
    callback(
      null,
      found.map(address => ({ address, family: address.includes(':') ? 6 : 4 })),
    )

describe('names', () => {
  test('a name that leads outside is looked up as it is', async () => {
    expect(await lookUp(createAddressGuard([], resolving('8.8.8.8')), 'api.example.com')).toEqual([{ address: '8.8.8.8', family: 4 }])
  })

  test.each(['127.0.0.1', '10.0.0.1', '169.254.169.254', '::1', '::ffff:10.0.0.1'])('a name that leads to %s is refused', async address => {
    await expect(lookUp(createAddressGuard([], resolving(address)), 'api.example.com')).rejects.toBeInstanceOf(BlockedAddress)
  })

  test('one bad address among good ones is enough', async () => {
    await expect(lookUp(createAddressGuard([], resolving('8.8.8.8', '10.0.0.1')), 'api.example.com')).rejects.toBeInstanceOf(BlockedAddress)
  })

  test('a name without an address is refused', async () => {
    await expect(lookUp(createAddressGuard([], resolving()), 'api.example.com')).rejects.toBeInstanceOf(BlockedAddress)
  })
})

const allowed: readonly { readonly allow: string; readonly host: string; readonly address: string; readonly may: boolean }[] = [
  { allow: 'api.intranet', host: 'api.intranet', address: '10.0.0.1', may: true },
  { allow: 'api.intranet', host: 'API.Intranet', address: '10.0.0.1', may: true },
  { allow: 'api.intranet', host: 'other.intranet', address: '10.0.0.1', may: false },
  { allow: '*.intranet', host: 'other.intranet', address: '10.0.0.1', may: true },
  { allow: '*.intranet', host: 'notintranet', address: '10.0.0.1', may: false },
  { allow: '10.1.0.0/16', host: 'api.example.com', address: '10.1.2.3', may: true },
  { allow: '10.1.0.0/16', host: 'api.example.com', address: '10.2.2.3', may: false },
  { allow: '10.1.2.3', host: 'api.example.com', address: '10.1.2.3', may: true },
  { allow: 'fd00::/8', host: 'api.example.com', address: 'fd12::1', may: true },
  { allow: '127.0.0.1', host: 'api.example.com', address: '::ffff:127.0.0.1', may: false },
]
test.each(allowed)('with HTTP_ALLOW=$allow, $host at $address may be called: $may', async ({ allow, host, address, may }) => {
  const found = lookUp(createAddressGuard([allow], resolving(address)), host)
  if (may) expect(await found).toHaveLength(1)
  else await expect(found).rejects.toBeInstanceOf(BlockedAddress)
})

test.each(['127.0.0.1', '[::1]', '10.0.0.1', '[::ffff:7f00:1]'])('an address that is written out is judged without a lookup: %s', host => {
  expect(createAddressGuard([]).admits(host)).toBe(false)
  expect(createAddressGuard(['127.0.0.0/8', '::1', '10.0.0.0/8', '::ffff:7f00:1']).admits(host)).toBe(true)
})
