/** Refusals of the command line, and what they mean for the exit code. */
import { DomainError } from '../engine/index.ts'
import type { ExitCode } from './command.ts'

/** Called wrongly: exit code 2. */
export function wrongUsage(message: string, hint?: string): DomainError {
  return new DomainError('cli.wrong_usage', { message, ...(hint === undefined ? {} : { hint }) })
}

/** Neither a server nor a store answers: exit code 3. */
export function unreachable(message: string, hint: string, cause?: unknown): DomainError {
  return new DomainError('cli.unreachable', { message, hint, retry: 'later', cause })
}

/** The exit code of an error. */
export function exitCodeOf(error: unknown): ExitCode {
  if (!(error instanceof DomainError)) return 1
  if (error.code === 'cli.wrong_usage') return 2
  return error.code === 'cli.unreachable' || error.code.startsWith('store.') ? 3 : 1
}

/** One line for people: what, and what to do; never a stack trace. */
export function sayError(error: unknown): string {
  if (error instanceof DomainError) return [error.message, error.hint].filter(Boolean).join(' ')
  const [message = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  return `Parley made a mistake: ${message.replace(/\.$/, '')}. Set PARLEY_DEBUG=1 to see where.`
}

/** The shape errors have in the API too. */
export function showError(error: unknown): { readonly error: { readonly code: string; readonly message: string; readonly hint: string; readonly at: string } } {
  const { code, message, hint = '', at = '' } = error instanceof DomainError ? error : { code: 'cli.failed', message: sayError(error) }
  return { error: { code, message, hint, at } }
}
