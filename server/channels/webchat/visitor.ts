/** Who writes in a web chat: an unguessable token (rule 43), and what is derived from it. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Account, HookRequest } from '../channel.ts'

/** A file that a visitor uploaded, as the server described it. */
export interface Upload {
  readonly file: string
  readonly kind: 'image' | 'file' | 'audio' | 'voice' | 'video' | 'sticker'
  readonly mime: string
  readonly name: string
  readonly size: number
  readonly url: string
}

const TOKEN = /^[A-Za-z0-9_-]{43}$/

/** A new visitor token: 32 random bytes. It is stored nowhere on the server; whoever has it is the visitor. */
export function mintToken(): string {
  return randomBytes(32).toString('base64url')
}

/** The token of a request, or undefined when its `Authorization` header does not have the shape of one. */
export function tokenOf(headers: HookRequest['headers']): string | undefined {
  const header = headers.authorization
  if (typeof header !== 'string') return undefined
  const [scheme, token] = header.split(' ')
  return scheme?.toLowerCase() === 'bearer' && token !== undefined && TOKEN.test(token) ? token : undefined
}

/** The contact's id. A hash, because agents and the API see it and must not be able to speak as the visitor. */
export function contactOf(token: string): string {
  return `v_${createHash('sha256').update(`parley web chat visitor ${token}`).digest('base64url').slice(0, 24)}`
}

/** Writes an upload so that only this visitor can attach it, and only as we described it. */
export function signUpload(account: Account, contact: string, upload: Upload): string {
  const body = Buffer.from(JSON.stringify(upload)).toString('base64url')
  return `${body}.${mac(account, contact, body)}`
}

/** Reads what `signUpload` wrote; undefined when it is not ours or belongs to somebody else. */
export function readUpload(account: Account, contact: string, signed: string): Upload | undefined {
  const [body, given] = signed.split('.')
  if (body === undefined || given === undefined || !account.secrets.signing_key) return undefined
  const expected = Buffer.from(mac(account, contact, body))
  const actual = Buffer.from(given)
  if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) return undefined
  // Ours by its signature, so its shape is the one we wrote.
  return JSON.parse(Buffer.from(body, 'base64url').toString()) as Upload
}

function mac(account: Account, contact: string, body: string): string {
  return createHmac('sha256', account.secrets.signing_key ?? '')
    .update(`${account.connector}\n${contact}\n${body}`)
    .digest('base64url')
}
