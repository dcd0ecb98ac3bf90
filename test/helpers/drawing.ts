/** Flows and views for tests of the designer: what a command looks at, made from a few words. */
import { arrange } from '../../designer/commands/arrange.ts'
import { type Command, type EditorView, NOTHING_CHOSEN, type PlannedCommand, type Selection, tidyTo, whatToTidy } from '../../designer/commands/index.ts'
import type { Block, Flow } from '../../server/engine/index.ts'

/** A flow of blocks; places are pairs. */
export function drawnFlow(blocks: Readonly<Record<string, Block>>, layout?: Flow['layout']): Flow {
  return { format: 1, id: 'drawn', name: 'Drawn', languages: ['en'], blocks, ...(layout ? { layout } : {}) }
}

/** What a command sees of a flow. */
export function viewOf(flow: Flow, chosen: Partial<Selection> = {}, more: Partial<EditorView> = {}): EditorView {
  return { flow, selection: { ...NOTHING_CHOSEN, ...chosen }, problems: [], pointer: undefined, sizes: new Map(), readOnly: false, ...more }
}

/** start -> hello -> topic, which leads to agent and else. */
export const SMALL: Flow = drawnFlow(
  {
    start: { type: 'start', exits: { next: 'hello' } },
    hello: { type: 'greeting', label: 'Hello', text: { en: 'Hello {{ vars.name }}', de: 'Hallo' }, exits: { next: 'topic' } },
    topic: { type: 'keywords', label: 'Topic', cases: [{ id: 'agent', words: ['agent'] }], exits: { agent: 'bye', else: 'bye' } },
    bye: { type: 'end', label: 'Bye', text: 'Bye' },
  },
  { start: [0, 0], hello: [0, 128], topic: [0, 320], bye: [0, 512] },
)

/** A shop with a block that nothing leads to, an open exit and a frame. */
export const SHOP: Flow = {
  format: 1,
  id: 'shop',
  name: 'Shop',
  languages: ['en'],
  variables: { order: { type: 'text' } },
  blocks: {
    start: { type: 'start', exits: { next: 'hello' } },
    hello: { type: 'greeting', label: 'Hello', text: 'Hello {{ vars.order }}', exits: { next: 'topic' } },
    topic: { type: 'keywords', label: 'Topic', cases: [{ id: 'agent', words: ['agent'] }], exits: { else: 'bye' } },
    loose: { type: 'message', label: 'Loose', text: 'A message' },
    bye: { type: 'end', label: 'Bye', text: 'Bye' },
  },
  layout: {
    start: [0, 0],
    hello: [0, 112],
    topic: [0, 272],
    loose: [400, 112],
    bye: [0, 464],
    $frames: { frame: { text: 'End', at: [-160, 432], size: [320, 160] } },
  },
}

/** A listed command ready to be run: what a worker lays out for the page is laid out here. */
export function readied(command: Command | PlannedCommand, view: EditorView): Command {
  return 'plan' in command ? tidyTo(arrange(whatToTidy(view))) : command
}
