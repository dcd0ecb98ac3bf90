/** The two calls of an open draft, in the words of `draft/`. */
import { type Flow, FORMAT } from '../../server/engine/index.ts'
import { flowsApi, Refusal } from '../api.ts'
import { findPlaces } from '../commands/index.ts'
import type { DraftServer, SaveAnswer } from '../draft/index.ts'

/** The draft's server, over the API. */
export const draftServer: DraftServer = {
  load: async id => {
    const { draft } = await flowsApi.read(id)
    const flow = await flowOf(draft.file)
    await findPlaces(flow)
    return { flow, etag: draft.etag, updatedAt: draft.updated_at }
  },
  save: async (id, file, etag) => {
    try {
      const saved = await flowsApi.save(id, file, etag)
      return { type: 'saved', etag: saved.draft.etag }
    } catch (error) {
      if (error instanceof Refusal) return answerOf(error)
      throw error
    }
  },
}

/** The draft's file as a flow. Only a server of another release than this page has another format. */
async function flowOf(file: unknown): Promise<Flow> {
  // The server reads every draft with the same reader before it answers, so one of this format is well-formed.
  if (typeof file === 'object' && file !== null && 'format' in file && file.format === FORMAT) return file as Flow
  const { readFlow } = await import('../draft/read-flow.ts')
  return readFlow(JSON.stringify(file))
}

/** Signed out or a server that is down is a lost connection: the draft stays in this browser and is sent later. */
function answerOf(refusal: Refusal): SaveAnswer {
  if (refusal.code === 'flow.stale_draft') return { type: 'conflict' }
  if (refusal.isOffline || refusal.status >= 500 || refusal.status === 401 || refusal.status === 429) return { type: 'offline' }
  return { type: 'refused', message: refusal.message, problems: refusal.problems }
}
