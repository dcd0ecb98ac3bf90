import { describe, expect, test } from 'vitest'
import { type CanvasNode, connectionId, projectEdges, projectNodes, sameEdges, spokenName } from '../../../designer/canvas/projection.ts'
import { NOTHING_CHOSEN, withBlock, withExit } from '../../../designer/commands/index.ts'
import type { Flow, Problem } from '../../../server/engine/index.ts'
import { SMALL } from '../../helpers/drawing.ts'

const see = (flow: Flow, blocks: readonly string[] = []) => ({ flow, selection: { ...NOTHING_CHOSEN, blocks } })
const byId = (nodes: readonly CanvasNode[], id: string) => nodes.find(node => node.id === id)
const problem = (block: string): Problem => ({ code: 'x', severity: 'warning', at: '', block, message: 'Something' })

describe('the projection', () => {
  test('draws frames, then blocks in flow order, then notes', () => {
    const flow: Flow = { ...SMALL, layout: { ...SMALL.layout, $notes: { n: { text: '', at: [0, 0] } }, $frames: { f: { text: '', at: [0, 0] } } } }
    expect(projectNodes(see(flow), []).map(node => node.id)).toEqual(['frame:f', 'start', 'hello', 'topic', 'bye', 'note:n'])
  })

  test('keeps the objects of what did not change', () => {
    const first = projectNodes(see(SMALL), [])
    expect(projectNodes(see({ ...SMALL }), first)).toBe(first)
    const renamed = projectNodes(see(withBlock(SMALL, 'bye', { ...SMALL.blocks.bye, type: 'end', label: 'End' })), first)
    expect(['start', 'hello', 'topic', 'bye'].map(id => byId(renamed, id) === byId(first, id))).toEqual([true, true, true, false])
    const chosen = projectNodes(see(SMALL, ['hello']), first)
    expect(['start', 'hello'].map(id => byId(chosen, id) === byId(first, id))).toEqual([true, false])
  })

  test('calls a block otherwise as soon as another of its type has no label either, and draws only these anew', () => {
    const one: Flow = { ...SMALL, blocks: { start: { type: 'start', exits: { next: 'say' } }, say: { type: 'message', text: 'Hello' } } }
    const first = projectNodes(see(one), [])
    const second = projectNodes(see(withBlock(one, 'message_2', { type: 'message', text: 'Bye' })), first)
    expect(byId(first, 'say')).toMatchObject({ data: { name: 'Message' } })
    expect(byId(second, 'say')).toMatchObject({ data: { name: 'Say' } })
    expect(byId(second, 'message_2')).toMatchObject({ data: { name: 'Message 2' } })
    expect(byId(second, 'start')).toBe(byId(first, 'start'))
  })

  test('keeps the connections of blocks that were moved or renamed, and drops those to nowhere', () => {
    const first = projectEdges(see(SMALL), [])
    expect(projectEdges(see({ ...SMALL, layout: {} }), first)).toBe(first)
    const broken = projectEdges(see(withExit(SMALL, 'topic', 'agent', 'gone')), first)
    expect(broken.map(edge => edge.id)).toEqual(['start.next', 'hello.next', 'topic.else'])
    expect(broken[0]).toBe(first[0])
    expect(connectionId('topic', 'else')).toBe('topic.else')
  })

  test('draws no connection anew for a text, but for what leads, lies or is chosen otherwise', () => {
    const before = { flow: SMALL, selection: NOTHING_CHOSEN }
    const isAlike = (flow: Flow) => sameEdges(before, { flow, selection: { ...NOTHING_CHOSEN, connections: [] } })
    const hello = SMALL.blocks.hello ?? { type: 'greeting' }
    const topic = SMALL.blocks.topic ?? { type: 'keywords' }
    expect(isAlike(withBlock(SMALL, 'hello', { ...hello, text: 'Welcome' }))).toBe(true)
    expect(isAlike(withExit(SMALL, 'hello', 'next', undefined))).toBe(false)
    expect(isAlike(withBlock(SMALL, 'topic', { ...topic, cases: [] }))).toBe(false)
    expect(isAlike(withBlock(SMALL, 'more', { type: 'end' }))).toBe(false)
    expect(isAlike({ ...SMALL, layout: { ...SMALL.layout, hello: [160, 160] } })).toBe(false)
    expect(sameEdges(before, { flow: SMALL, selection: { ...NOTHING_CHOSEN, connections: [{ block: 'hello', exit: 'next' }] } })).toBe(false)
  })

  test('leaves a dragged block where it is drawn, until it is dropped', () => {
    const first = projectNodes(see(SMALL), [])
    const dragged = first.map(node => (node.id === 'hello' ? { ...node, position: { x: 5, y: 5 }, dragging: true } : node)) as CanvasNode[]
    expect(byId(projectNodes(see(SMALL, ['hello']), dragged), 'hello')?.position).toEqual({ x: 5, y: 5 })
  })

  test('says what a block is', () => {
    const error: Problem = { ...problem('topic'), severity: 'error' }
    expect(spokenName(SMALL.blocks.topic ?? { type: 'end' }, [problem('topic'), error], 'Topic')).toBe('Topic, Keywords, 2 exits, 1 error, 1 warning')
    expect(spokenName({ type: 'start' }, [], 'Start')).toBe('Start, 1 exit')
    expect(spokenName({ type: 'message' }, [], 'Say hello')).toBe('Say hello, Message, 1 exit')
  })
})
