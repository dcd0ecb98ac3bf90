/** What every messenger must do, whatever its protocol. A channel brings a `ContractCase`; an exception is a reason in it. */
import { inspect } from 'node:util'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Account, Channel, Connection, HookRequest, OutgoingDelivery, Parsed, SendResult } from '../../server/channels/channel.ts'
import { INBOUND_KINDS, type SampleCall, sampleRequest } from '../../server/channels/sample.ts'
import { SAMPLES } from '../../server/channels/samples.ts'
import type { AttachmentKind, OutboundMessage } from '../../server/engine/index.ts'
import { DomainError } from '../../server/engine/index.ts'
import { everyValue, mutations } from './mutations.ts'

/** A fake vendor on loopback, with one good account at it. */
export interface Vendor {
  readonly account: Account
  /** Somebody who can be written to. */
  readonly contact: string
  /** Messages that arrived. */
  sent(): number
  /** The next call gets no answer. */
  hangNext(): void
  close(): Promise<void>
}

/** How calls of a channel prove where they come from. */
export interface SignatureCase<V extends Vendor = Vendor> {
  /** The header, lower-case. */
  readonly header: string
  /** The header's value for a body. */
  sign(body: Buffer, account: Account): string
  /** The same account with another secret. */
  otherSecret(vendor: V): Account
  /** What stands before the signature itself; '' when nothing does. */
  readonly prefix: string
  /** False for a channel that repeats a fixed secret (Telegram): nothing ties it to the body. */
  readonly covers_body: boolean
  /** Values made with other tools: OpenSSL, the vendor's own package. */
  readonly vectors: readonly { readonly name: string; readonly account: Account; readonly body: string; readonly value: string }[]
}

/** What one channel brings to the suite. */
export interface ContractCase<V extends Vendor = Vendor> {
  readonly channel: Channel
  start(): Promise<V>
  /** Or why calls carry none: such a channel proves its calls in another way, tested in its own file (web chat: the visitor's token, rule 43). */
  readonly signature: SignatureCase<V> | { readonly none: string }
  /** One call that holds the events of several; absent for a vendor that sends one event a call. `poison` is one that cannot be read. */
  batch?(bodies: readonly string[]): { readonly body: string; readonly poison: number }
  /** Every documented way in which a send fails, and what it means. `none`: there is no vendor that could. */
  readonly failures: readonly FailureCase<V>[] | { readonly none: string }
}

/** One way to fail. */
export interface FailureCase<V extends Vendor = Vendor> {
  readonly name: string
  arrange(vendor: V): void
  readonly expect: {
    readonly type: 'retry' | 'failed'
    readonly level?: string
    readonly code: string
    readonly whole_account?: boolean
    readonly after_ms?: number
  }
}

/** Keeps the vendor's own type inside a case; the list holds plain ones. */
export function contractCase<V extends Vendor>(given: ContractCase<V>): ContractCase<V> {
  return given
}

/** Declares the suite for one channel. */
export function describeContract<V extends Vendor>(contract: ContractCase<V>): void {
  const { channel } = contract
  const samples = SAMPLES[channel.type]

  describe(`channel ${channel.type}`, () => {
    let vendor: V
    let connection: Connection
    beforeAll(async () => {
      vendor = await contract.start()
      connection = channel.connect(vendor.account, { now: () => 1_790_000_000_000 })
    })
    afterAll(async () => {
      await connection.close()
      await vendor.close()
    })

    it('has an example of every kind', () => {
      expect(Object.keys(samples?.inbound ?? {})).toEqual([...INBOUND_KINDS])
    })

    describeDescription(channel, () => vendor)
    if ('header' in contract.signature) describeSignature(channel, contract.signature, () => vendor)
    if (samples) describeParse(contract, samples.account, callsOf(channel))
    describeSend(channel, () => ({ vendor, connection }))
    if (!('none' in contract.failures)) describeFailures(channel, contract.failures, () => ({ vendor, connection }))
  })
}

function callsOf(channel: Channel): readonly SampleCall[] {
  return Object.values(SAMPLES[channel.type]?.inbound ?? {}).filter(sample => 'body' in sample)
}

function describeDescription(channel: Channel, vendorOf: () => Vendor): void {
  it('describes every setting and secret for the form', () => {
    for (const fields of [channel.settings, channel.secrets]) {
      expect(fields).toMatchObject({ type: 'object', additionalProperties: false })
      for (const [name, field] of Object.entries(fields.properties)) {
        expect(field, name).toMatchObject({ title: expect.stringMatching(/\S/), description: expect.stringMatching(/\S/) })
      }
    }
  })

  it('generates only secrets that it has', () => {
    for (const [name, value] of Object.entries(channel.generate?.() ?? {})) {
      expect(Object.keys(channel.secrets.properties)).toContain(name)
      expect(value).not.toBe(channel.generate?.()[name])
    }
  })

  it('rule 41: the table of abilities is the channel’s own, and it is data', () => {
    expect(channel.abilities.channel).toBe(channel.type)
    expect(JSON.parse(JSON.stringify(channel.abilities))).toEqual(channel.abilities)
  })

  it('knows the vendor’s id of the account from the fields alone', () => {
    const { account } = vendorOf()
    expect(channel.accountId(account)).toBe(channel.accountId({ ...account, connector: 'another', name: 'Another' }))
  })
}

function describeSignature<V extends Vendor>(channel: Channel, signature: SignatureCase<V>, vendorOf: () => V): void {
  const body = Buffer.from(callsOf(channel)[0]?.body ?? '{}')
  const request = (value: string | readonly string[] | undefined, bytes: Buffer = body): HookRequest => ({
    method: 'POST',
    path: '/hooks/1',
    query: new URLSearchParams(),
    headers: value === undefined ? {} : { [signature.header]: value },
    body: bytes,
  })
  const good = () => signature.sign(body, vendorOf().account)
  const verify = (value: string | readonly string[] | undefined, bytes?: Buffer) => channel.verify(request(value, bytes), vendorOf().account)

  it('rule 32: a call of the vendor is authentic', () => {
    expect(verify(good())).toEqual({ ok: true })
  })

  it.each<[string, () => string | readonly string[] | undefined]>([
    ['is missing', () => undefined],
    ['is empty', () => ''],
    ['is only the prefix', () => signature.prefix],
    ['came twice', () => [good(), good()]],
    ['came twice, joined by a comma', () => `${good()}, ${good()}`],
    ['has one flipped bit', () => flipBit(good(), signature.prefix.length)],
    ['is too short', () => good().slice(0, -1)],
    ['is too long', () => `${good()}0`],
    ['has blanks around it', () => ` ${good()} `],
    ['is made with another secret', () => signature.sign(body, signature.otherSecret(vendorOf()))],
    ...(signature.prefix === '' ? [] : [['lacks its prefix', () => good().slice(signature.prefix.length)] as [string, () => string]]),
    ...(signature.covers_body
      ? [['is in upper case', () => signature.prefix + good().slice(signature.prefix.length).toUpperCase()] as [string, () => string]]
      : []),
  ])('rule 32: a call whose signature %s is not authentic, and the reason shows no secret', (_, value) => {
    const verdict = verify(value())
    expect(verdict).toMatchObject({ ok: false, reason: expect.stringMatching(/\S/) })
    expectNoSecret(verdict, vendorOf().account)
  })

  if (signature.covers_body) {
    it('rule 32: a body that was changed or written anew on the way is not authentic', () => {
      const escaped = Buffer.from('{"text":"Gr\\u00fc\\u00dfe \\ud83d\\udc4b"}')
      const value = signature.sign(escaped, vendorOf().account)
      expect(verify(value, escaped)).toEqual({ ok: true })
      expect(verify(value, Buffer.from(JSON.stringify(JSON.parse(escaped.toString()))))).toMatchObject({ ok: false })
      expect(verify(value, Buffer.concat([escaped, Buffer.from('\n')]))).toMatchObject({ ok: false })
    })
  }

  it.each(signature.vectors)('takes the known signature of body $name, and not with one bit flipped', vector => {
    const bytes = Buffer.from(vector.body)
    expect(channel.verify(request(vector.value, bytes), vector.account)).toEqual({ ok: true })
    const flipped = Buffer.from(bytes)
    flipped[5] = (flipped[5] ?? 0) ^ 1
    expect(channel.verify(request(vector.value, flipped), vector.account)).toMatchObject({ ok: false })
  })
}

function describeParse<V extends Vendor>(contract: ContractCase<V>, account: Account, calls: readonly SampleCall[]): void {
  const { channel } = contract
  const parse = (call: SampleCall) => channel.parse(sampleRequest(call), account)
  const headers = calls[0]?.headers

  it('parse never throws, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
        const request = { ...sampleRequest({ body: '', ...(headers ? { headers } : {}) }), body: Buffer.from(bytes) }
        expectParts(channel.parse(request, account))
      }),
      { numRuns: 200 },
    )
  })

  it('parse never throws, whatever the JSON is', () => {
    fc.assert(
      fc.property(fc.json(), body => expectParts(parse({ body, ...(headers ? { headers } : {}) }))),
      { numRuns: 200 },
    )
    for (const body of ['', 'null', '[]', '{}', '"', `${'['.repeat(50_000)}${']'.repeat(50_000)}`, '{"__proto__":{"entry":[]}}', '\ufeff{}']) {
      expectParts(parse({ body, ...(headers ? { headers } : {}) }))
    }
  })

  it('parse never throws when a value of a real call is another', () => {
    fc.assert(
      fc.property(mutations(calls), call => expectParts(parse(call))),
      { numRuns: 500 },
    )
  })

  it('the same bytes give the same parts, and every part of a call has an id of its own', () => {
    for (const call of calls) {
      const parts = parse(call)
      // Telegram tells no time of a button press, so its adapter takes the clock's.
      const timeless = (list: readonly Parsed[]) => list.map(part => ({ ...part, at: 0 }))
      expect(timeless(parse(call))).toEqual(timeless(parts))
      expectParts(parts)
      const ids = parts.flatMap(part => (part.kind === 'kept_aside' ? [] : [part.external_id]))
      expect(new Set(ids).size).toBe(ids.length)
    }
  })

  const { batch } = contract
  if (batch) {
    it('rule 32: an event that cannot be read takes none of its neighbours with it', () => {
      const alone = calls.flatMap(parse)
      const { body, poison } = batch(calls.map(call => call.body))
      const parts = parse({ body })
      const together = parts.filter(part => part.kind !== 'kept_aside')
      expect(together).toEqual(alone.filter(part => part.kind !== 'kept_aside'))
      const kept = (list: readonly Parsed[]) => list.filter(part => part.kind === 'kept_aside').length
      expect(kept(parts)).toBe(kept(alone) + poison)
    })
  }
}

/** Every part is complete, bounded, and clean where the engine and the store read it. */
function expectParts(parts: readonly Parsed[]): void {
  expect(Array.isArray(parts)).toBe(true)
  for (const part of parts) {
    if (part.kind === 'kept_aside') {
      expect(part.message).toMatch(/\S/)
      expect(typeof part.body).toBe('string')
      continue
    }
    expect(part.external_id).toMatch(/\S/)
    expect(part.contact).toMatch(/\S/)
    expect(Number.isSafeInteger(part.at)).toBe(true)
    for (const { name, value } of everyValue(part)) {
      if (typeof value === 'string') expect(value, name).not.toMatch(/\0|\p{Cs}/u)
      if (typeof value === 'number') expect(Number.isFinite(value), name).toBe(true)
    }
  }
}

interface Live {
  readonly vendor: Vendor
  readonly connection: Connection
}

const never = new AbortController().signal
let deliveries = 0

function delivery(contact: string, message: OutboundMessage, more: Partial<OutgoingDelivery> = {}): OutgoingDelivery {
  deliveries++
  return { id: `d-${deliveries}`, contact, message, decided_at: 1_790_000_000_000, ...more }
}

function describeSend(channel: Channel, live: () => Live): void {
  const { abilities } = channel
  const send = (message: OutboundMessage, more?: Partial<OutgoingDelivery>) => {
    const { vendor, connection } = live()
    return connection.send(delivery(vendor.contact, message, more), never)
  }
  const choices = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      label: `${index}`.padEnd(abilities.buttons.label, 'x'),
      payload: `7:choice_${index}`.padEnd(Math.min(64, abilities.buttons.payload), 'y'),
    }))

  it('rule 41: the largest text goes out', async () => {
    expect(await send({ text: 'ä'.repeat(abilities.text) })).toMatchObject({ type: 'sent', vendor_id: expect.stringMatching(/\S/) })
  })

  if (abilities.buttons.most > 0) {
    it('rule 41: the most buttons with the longest labels and payloads go out under the longest text', async () => {
      expect(await send({ text: 'x'.repeat(abilities.buttons.text), buttons: choices(abilities.buttons.most) })).toMatchObject({ type: 'sent' })
    })
  }

  if (abilities.buttons.url) {
    it('rule 41: buttons with addresses go out beside choices', async () => {
      const most = abilities.buttons.with_url?.most ?? abilities.buttons.most
      const text = 'x'.repeat(abilities.buttons.with_url?.text ?? abilities.buttons.text)
      const site = { label: 'Site', url: 'https://shop.example.com/a?b=1' }
      expect(await send({ text, buttons: [...choices(most - 1), site] })).toMatchObject({ type: 'sent' })
    })
  }

  const kinds = Object.keys(abilities.attachments) as Exclude<AttachmentKind, 'sticker'>[]
  it.each(kinds.map(kind => ({ kind, ...abilities.attachments[kind] })))(
    'rule 41: $kind goes out or is refused, as declared ($send)',
    async ({ kind, send: how, caption = abilities.caption }) => {
      const url = 'https://cdn.example.com/files/a.pdf'
      expectAsDeclared(
        how === 'native',
        await send({ attachment: { kind, url, name: 'a.pdf' }, ...(caption > 0 ? { text: 'x'.repeat(caption) } : {}) }, { file_url: url }),
      )
    },
  )

  it('rule 41: a location goes out or is refused, as declared', async () => {
    expectAsDeclared(abilities.location === 'native', await send({ location: { latitude: 52.52, longitude: 13.405, name: 'Shop', address: 'Main St 1' } }))
  })

  it('rule 41: a message takes the place of another where the channel can, and is a new one where it cannot', async () => {
    const first = await send({ text: 'one moment' })
    if (first.type !== 'sent') throw new Error('not sent')
    const second = await send({ text: 'here it is', replaces: 1 }, { replaces: first.vendor_id })
    expect(second).toMatchObject({ type: 'sent', ...(abilities.edit ? {} : { vendor_id: expect.not.stringContaining(first.vendor_id) }) })
  })

  it('a message of nothing but what the channel lacks fails alone', async () => {
    const result = await send({})
    expect(result.type === 'sent' || (result.type === 'failed' && result.failure.level === 'message')).toBe(true)
  })

  it('typing is shown where the table says so, and never throws', async () => {
    const { vendor, connection } = live()
    if (abilities.typing_ms > 0) expect(connection.typing).toBeTypeOf('function')
    await connection.typing?.(vendor.contact, never)
  })

  it('the connection test of a good account says something in words', async () => {
    const checks = await live().connection.test(never)
    expect(checks.length).toBeGreaterThan(0)
    for (const check of checks) expect(check).toMatchObject({ name: expect.stringMatching(/\S/), message: expect.stringMatching(/\S/) })
    expect(checks[0]).toMatchObject({ ok: true })
    expectNoSecret(checks, live().vendor.account)
  })
}

function expectAsDeclared(isNative: boolean, result: SendResult): void {
  if (isNative) expect(result).toMatchObject({ type: 'sent' })
  else if (result.type !== 'sent') expect(result).toMatchObject({ type: 'failed', failure: { level: 'message', code: expect.stringMatching(/^send\./) } })
}

function describeFailures<V extends Vendor>(channel: Channel, failures: readonly FailureCase<V>[], live: () => { vendor: V; connection: Connection }): void {
  it.each(failures)('rule 28: $name is $expect.type $expect.code', async ({ arrange, expect: expected }) => {
    const { vendor, connection } = live()
    arrange(vendor)
    const result = await connection.send(delivery(vendor.contact, { text: 'a text of the customer' }), never)
    const { level, code, ...rest } = expected
    expect(result).toMatchObject(expected.type === 'failed' ? { type: 'failed', failure: { level, code } } : { code, ...rest })
    if (result.type === 'retry' && expected.after_ms === undefined) expect(result.after_ms).toBeUndefined()
    expectNoSecret(result, vendor.account)
    expect(inspect(result)).not.toContain('a text of the customer')
    expect(await connection.send(delivery(vendor.contact, { text: 'next' }), never)).toMatchObject({ type: 'sent' })
  })

  it('a send ends when its signal aborts, and counts neither as sent nor as failed for good', async () => {
    const { vendor, connection } = live()
    vendor.hangNext()
    const stop = new AbortController()
    const sending = connection.send(delivery(vendor.contact, { text: 'hello' }), stop.signal)
    setImmediate(() => stop.abort())
    const result = await sending.catch(() => ({ type: 'aborted' }) as const)
    expect(['aborted', 'retry']).toContain(result.type)
  })

  it('a wrong token is told in words that show no secret', async () => {
    const { vendor } = live()
    const account = { ...vendor.account, secrets: wrongSecrets(vendor.account) }
    const connection = channel.connect(account, { now: () => 1_790_000_000_000 })
    const checks = await connection.test(never)
    expect(checks.some(check => !check.ok && (check.hint ?? '') !== '')).toBe(true)
    expectNoSecret(checks, account)
    expectNoSecret(await connection.send(delivery(vendor.contact, { text: 'hello' }), never), account)
    const attempt = connection.setWebhook?.('https://chat.example.com/hooks/1', never)
    if (attempt) {
      const error: unknown = await attempt.then(
        () => undefined,
        (reason: unknown) => reason,
      )
      expect(error).toBeInstanceOf(DomainError)
      expectNoSecret(error, account)
    }
    await connection.close()
  })
}

/** The same shapes with other values, so that a vendor's check of the shape alone lets them through. */
function wrongSecrets(account: Account): Record<string, string> {
  return Object.fromEntries(Object.entries(account.secrets).map(([name, value]) => [name, `${(value ?? '').slice(0, -4)}XyZw`]))
}

/** Looks through everything a log could print, nested causes included. */
export function expectNoSecret(value: unknown, account: Account): void {
  const printed = inspect(value, { depth: 10, showHidden: true }) + (value instanceof Error ? value.stack : '')
  for (const secret of Object.values(account.secrets)) {
    if (secret) expect(printed).not.toContain(secret)
  }
}

function flipBit(text: string, at: number): string {
  const code = text.charCodeAt(at)
  // Hex digits and letters stay what they are when their lowest bit flips, so only the value is wrong.
  return text.slice(0, at) + String.fromCharCode(code ^ 1) + text.slice(at + 1)
}
