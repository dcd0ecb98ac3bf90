/** The two calls of an open draft, in the words of `draft/`. */
import { parseFlow } from '../../server/engine/index.ts'
import { flowsApi, Refusal } from '../api.ts'
import type { DraftServer, SaveAnswer } from '../draft/index.ts'

/** The draft's server, over the API. */
export const draftServer: DraftServer = {
  load: async id => {
    const { draft } = await flowsApi.read(id)
    // Parsed from text, as any other flow file: the answer of an older release is migrated on the way.
    const parsing = parseFlow(JSON.stringify(draft.file))
    if (!parsing.ok) throw new Refusal({ status: 422, code: 'flow.not_well_formed', message: parsing.problems[0]?.message ?? '', problems: parsing.problems })
    return { flow: parsing.flow, etag: draft.etag, updatedAt: draft.updated_at }
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

/** Signed out or a server that is down is a lost connection: the draft stays in this browser and is sent later. */
function answerOf(refusal: Refusal): SaveAnswer {
  if (refusal.code === 'flow.stale_draft') return { type: 'conflict' }
  if (refusal.isOffline || refusal.status >= 500 || refusal.status === 401 || refusal.status === 429) return { type: 'offline' }
  return { type: 'refused', message: refusal.message, problems: refusal.problems }
}
