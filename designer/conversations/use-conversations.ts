/** Conversations from the server, kept fresh while somebody looks at them. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ConversationDetail } from '../../server/api/contract.ts'
import { type ConversationFilter, conversationsApi, flowsApi, readQueues } from '../api.ts'
import { useMay } from '../shell/me.ts'
import { toast, toastRefusal } from '../ui/toast.ts'
import type { Names } from './say.ts'

const PAGE = 30
const LIST_MS = 5000
const CHAT_MS = 3000

/** The list, newest first, page by page. */
export function useConversationList(filter: ConversationFilter) {
  return useInfiniteQuery({
    queryKey: ['conversations', 'list', filter],
    queryFn: ({ pageParam, signal }) => conversationsApi.page(filter, PAGE, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.next ?? undefined,
    refetchInterval: LIST_MS,
  })
}

/** One conversation as a whole. */
export function useConversation(id: string) {
  return useQuery({ queryKey: ['conversation', id], queryFn: ({ signal }) => conversationsApi.read(id, signal), refetchInterval: CHAT_MS, retry: false })
}

/** What flows and queues are called, as far as the person may know. */
export function useNames(): Names {
  const { data: flows } = useQuery({ queryKey: ['flows'], queryFn: ({ signal }) => flowsApi.list(signal), enabled: useMay('flows:read') })
  const { data: queues } = useQuery({ queryKey: ['queues'], queryFn: ({ signal }) => readQueues(signal), enabled: useMay('queues:read') })
  return useMemo(
    () => ({ flows: new Map(flows?.map(({ id, name }) => [id, name])), queues: new Map(queues?.map(({ slug, title }) => [slug, title])) }),
    [flows, queues],
  )
}

/** Does something to a conversation and shows it as it is then; a refusal is said in the server's words. */
export function useDeed<Args>(id: string, act: (args: Args) => Promise<ConversationDetail>, said?: (args: Args) => string | undefined) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSuccess: (detail, args) => {
      client.setQueryData(['conversation', id], detail)
      void client.invalidateQueries({ queryKey: ['conversations'] })
      const text = said?.(args)
      if (text) toast(text)
    },
    onError: error => {
      toastRefusal(error)
      void client.invalidateQueries({ queryKey: ['conversation', id] })
    },
  })
}
