/** What forms work on, made of the open draft. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { blockTypeOf, type Flow } from '../../server/engine/index.ts'
import { readQueues, secretsApi } from '../api.ts'
import { BLOCK_VIEWS, blockViewOf } from '../blocks/index.ts'
import { addBlock, type Command, type NewBlock, NOTHING_CHOSEN, nameOf, ofShape, refusal, takesConnections, withBlock, withExit } from '../commands/index.ts'
import { useDraft, useDraftStore } from '../draft/index.ts'
import { useRun } from '../simulator/run.ts'
import { words } from '../words/en.ts'
import { type Choice, type FormScope, type Printable, printables, type Target, withValue } from './fields/index.ts'
import { chooseLanguage, useLanguage } from './language-store.ts'
import { useFlow } from './use-flow.ts'

/** Types of blocks that a connection may lead to, in the order of the palette. */
const NEW_TYPES: readonly Choice[] = BLOCK_VIEWS.flatMap(({ type }) => {
  const known = blockTypeOf(type)
  return known && known.entry !== true && type !== 'return' ? [{ value: type, label: known.title }] : []
})

/** As adding on the canvas, but what is chosen stays: the other exits of the block want their blocks too. */
const ADD_BEHIND: Command<NewBlock> = {
  ...addBlock,
  apply(view, added) {
    const edit = addBlock.apply(view, added)
    return edit && { ...edit, selection: view.selection }
  },
}

/** What can be printed in the flow, with the values that the simulator saw last. */
export function usePrintables(flow: Flow): readonly Printable[] {
  const values = useRun(run => run.values)
  const { variables, contact_fields } = flow
  // Typing in a block must not make the list anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the declarations count
  return useMemo(() => printables(flow, new Map(values.map(({ name, value }) => [name, value]))), [variables, contact_fields, values])
}

/** The scope of the form of a block; undefined when the block is gone. */
export function useScope(id: string): FormScope | undefined {
  const store = useDraftStore()
  const flow = useFlow()
  const readOnly = useDraft(draft => draft.readOnly)
  const channels = useDraft(draft => draft.lintContext.channels)
  const language = useLanguage(flow.languages)
  const queues = useQueues()
  const known = usePrintables(flow)
  const secrets = useSecrets()
  const choices = choicesOf(flow)
  const targets = useMemo(() => choices.filter(({ value }) => value !== id), [choices, id])
  const block = flow.blocks[id]
  return useMemo(() => {
    if (!block) return undefined
    const { edit, run, choose, say } = store.getState()
    const change: FormScope['change'] = (next, gesture) =>
      edit(now => {
        const before = now.blocks[id]
        return before ? withBlock(now, id, next(before)) : now
      }, gesture)
    return {
      id,
      block,
      flow,
      readOnly,
      language,
      chooseLanguage,
      channels,
      queues,
      printables: known,
      secrets,
      targets,
      set: (at, value) => change(before => withValue(before, at, value), `${id}${at}`),
      change,
      changeFlow: edit,
      targetOf: exit => targetOf(flow, block.exits?.[exit]),
      newTypes: NEW_TYPES,
      addBehind: (exit, type) => run(ADD_BEHIND, { block: blockViewOf(type)?.fresh() ?? { type }, from: { block: id, exit } }),
      connect: (exit, to) => edit(now => (refusal(now, { block: id, exit }, to) === undefined ? withExit(now, id, exit, to) : now)),
      go: to => choose({ ...NOTHING_CHOSEN, blocks: [to] }),
      say,
    }
  }, [store, id, block, flow, readOnly, language, channels, queues, known, secrets, targets])
}

function useSecrets(): readonly Printable[] {
  const { data } = useQuery({ queryKey: ['secrets'], queryFn: ({ signal }) => secretsApi.list(signal) })
  return useMemo(() => (data ?? []).map(({ name }) => ({ path: `secrets.${name}`, value: words.inspector.http.secret })), [data])
}

function useQueues(): readonly Choice[] {
  const { data } = useQuery({ queryKey: ['queues'], queryFn: () => readQueues() })
  return useMemo(() => (data ?? []).map(({ slug, title }) => ({ value: slug, label: title })), [data])
}

function targetOf(flow: Flow, to: string | undefined): Target | undefined {
  const block = to === undefined ? undefined : flow.blocks[to]
  if (to === undefined || !block) return undefined
  const view = blockViewOf(block.type)
  return { id: to, name: nameOf(flow, to), icon: view?.icon ?? '', group: blockTypeOf(block.type)?.group ?? 'act' }
}

const choicesOf = ofShape((flow): readonly Choice[] =>
  Object.entries(flow.blocks)
    .filter(([, block]) => takesConnections(block))
    .map(([value]) => ({ value, label: nameOf(flow, value) }))
    .sort((a, b) => a.label.localeCompare(b.label)),
)
