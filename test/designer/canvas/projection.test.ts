import { describe, expect, test } from 'vitest'
import { type CanvasNode, connectionId, projectEdges, projectNodes, spokenName } from '../../../designer/canvas/projection.ts'
import { NOTHING_CHOSEN, withBlock, withExit } from '../../../designer/commands/index.ts'
import type { Flow, Problem } from '../../../server/engine/index.ts'
import { SMALL } from '../../helpers/drawing.ts'

const see = (flow: Flow, problems: readonly Problem[] = [], blocks: readonly string[] = []) => ({ flow, problems, selection: { ...NOTHING_CHOSEN, blocks } })
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
    const chosen = projectNodes(see(SMALL, [], ['hello']), first)
    expect(['start', 'hello'].map(id => byId(chosen, id) === byId(first, id))).toEqual([true, false])
    const warned = projectNodes(see(SMALL, [problem('topic')]), first)
    expect(['hello', 'topic'].map(id => byId(warned, id) === byId(first, id))).toEqual([true, false])
  })

  test('keeps the connections of blocks that were moved or renamed, and drops those to nowhere', () => {
    const first = projectEdges(see(SMALL), [])
    expect(projectEdges(see({ ...SMALL, layout: {} }), first)).toBe(first)
    const broken = projectEdges(see(withExit(SMALL, 'topic', 'agent', 'gone')), first)
    expect(broken.map(edge => edge.id)).toEqual(['start.next', 'hello.next', 'topic.else'])
    expect(broken[0]).toBe(first[0])
    expect(connectionId('topic', 'else')).toBe('topic.else')
  })

  test('leaves a dragged block where it is drawn, until it is dropped', () => {
    const first = projectNodes(see(SMALL), [])
    const dragged = first.map(node => (node.id === 'hello' ? { ...node, position: { x: 5, y: 5 }, dragging: true } : node)) as CanvasNode[]
    expect(byId(projectNodes(see(SMALL, [problem('hello')]), dragged), 'hello')?.position).toEqual({ x: 5, y: 5 })
  })

  test('says what a block is', () => {
    const error: Problem = { ...problem('topic'), severity: 'error' }
    expect(spokenName(SMALL.blocks.topic ?? { type: 'end' }, [problem('topic'), error])).toBe('Topic, Keywords, 2 exits, 1 error, 1 warning')
    expect(spokenName({ type: 'start' }, [])).toBe('Start, 1 exit')
  })
})
