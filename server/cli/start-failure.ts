/** What kept the server from starting, as one line for whoever started it. */
import { DomainError } from '../engine/index.ts'

/** Where, what, and what to do; never a stack trace. */
export function explainFailure(error: unknown): string {
  if (error instanceof DomainError) return [error.message, error.hint].filter(Boolean).join(' ')
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const port = error instanceof Error && 'port' in error ? String(error.port) : ''
  const address = error instanceof Error && 'address' in error ? String(error.address) : ''
  if (code === 'EADDRINUSE') return `Port ${port} of ${address} is taken by another program. Set PORT to a free one, or stop the other program.`
  if (code === 'EACCES' && port !== '') return `This user may not open port ${port}. Set PORT to one above 1023.`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `This machine has no address ${address}. Set HOST to 127.0.0.1, or to 0.0.0.0 for all of them.`
  const message = error instanceof Error ? error.message : String(error)
  return `The server cannot start: ${message.split('\n')[0]}`
}
