/** Reads flow files that the server sends. The reader is large, so whoever rarely needs it loads this when it does. */
import { type Flow, parseFlow } from '../../server/engine/index.ts'
import { Refusal } from '../api.ts'

/** The flow of a file. Throws a `Refusal` with what is wrong with it. */
export function readFlow(file: string): Flow {
  const parsing = parseFlow(file)
  if (parsing.ok) return parsing.flow
  throw new Refusal({ status: 422, code: 'flow.not_well_formed', message: parsing.problems[0]?.message ?? '', problems: parsing.problems })
}
