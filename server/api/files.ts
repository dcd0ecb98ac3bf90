/** Files of messages at signed addresses: always a download, never something a browser runs (rule 42). */
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { Router } from 'express'
import { DomainError } from '../engine/index.ts'
import type { Parts } from './parts.ts'

/** Kinds that a chat may show in place; everything else is a download. Pictures with scripts (SVG) are none of them. */
const SHOWN = /^(image\/(png|jpeg|gif|webp)|audio\/(mpeg|ogg|mp4|wav|webm|aac)|video\/(mp4|webm|ogg))$/

/** The route under `/files`. */
export function filesRouter({ runtime }: Parts): Router {
  const router = Router()
  router.get('/files/:id', async (request, response) => {
    const { id } = request.params
    const query = new URL(request.originalUrl, 'http://here').searchParams
    const isSigned = runtime.files.isSigned(id, query.get('expires') ?? '', query.get('signature') ?? '')
    const file = isSigned ? await runtime.files.read(id) : undefined
    // A wrong signature and a file that is gone look the same from outside.
    if (!file)
      throw new DomainError('file.unknown', {
        message: 'This file is not here, or its address is no longer valid.',
        hint: 'Open the conversation again for a new address.',
      })
    response.set({
      'content-type': SHOWN.test(file.mime) ? file.mime : 'application/octet-stream',
      'content-length': String(file.size),
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name ?? id).replaceAll(/['()*]/g, encodeAscii)}`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'private, max-age=3600',
    })
    // A reader that hangs up is no error of ours.
    await pipeline(createReadStream(file.path), response).catch(() => response.destroy())
  })
  return router
}

function encodeAscii(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}
