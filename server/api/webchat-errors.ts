/** Refusals of the chat page as HTTP answers: only what the page can act on, the rest is the application's. */
import type { ErrorRequestHandler, NextFunction, Request, Response } from 'express'
import { DomainError } from '../engine/index.ts'
import type { Refusal } from './webchat-contract.ts'

const STATUS: Readonly<Record<string, number>> = {
  'webchat.unknown_connector': 404,
  'webchat.foreign_origin': 403,
  'webchat.no_visitor': 401,
  'webchat.wrong_shape': 400,
  'webchat.too_many': 429,
  'store.down': 503,
}

/** Answers what the page can act on; everything else goes on to the application's own handler. */
export function answerError(maxFileBytes: number): ErrorRequestHandler {
  return (error: unknown, _request: Request, response: Response, next: NextFunction) => {
    const refusal = refusalOf(error, maxFileBytes)
    if (refusal === undefined || response.headersSent) return next(error)
    const { status, code, message, hint } = refusal
    const body: Refusal = { error: { code, message, ...(hint === undefined ? {} : { hint }) } }
    if (status === 503) response.set('retry-after', '5')
    response.status(status).set('cache-control', 'no-store').json(body)
  }
}

function refusalOf(error: unknown, maxFileBytes: number): { status: number; code: string; message: string; hint?: string | undefined } | undefined {
  if (error instanceof DomainError) {
    const status = STATUS[error.code]
    return status === undefined ? undefined : { status, code: error.code, message: error.message, hint: error.hint }
  }
  // The body reader's own error, when more came than it may hold.
  if (error instanceof Error && 'type' in error && error.type === 'entity.too.large') {
    return { status: 413, code: 'webchat.too_big', message: 'This is too big to send.', hint: `A file may have ${Math.floor(maxFileBytes / 1_000_000)} MB.` }
  }
  return undefined
}
