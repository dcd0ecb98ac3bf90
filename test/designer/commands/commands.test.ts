import { describe, expect, test } from 'vitest'
import {
  addBlock,
  addFrame,
  boxOf,
  COMMANDS,
  clipOf,
  connect,
  deleteChosen,
  duplicate,
  exitsOf,
  exitToAddTo,
  firstFreeExit,
  flowOrder,
  insertBlock,
  NOTHING_CHOSEN,
  nameOf,
  neighbour,
  paste,
  printClip,
  refusal,
  takeOut,
  walk,
} from '../../../designer/commands/index.ts'
import { readClip } from '../../../designer/commands/read-clip.ts'
import { drawnFlow, readied, SMALL, viewOf } from '../../helpers/drawing.ts'

const lead = (flow: typeof SMALL, block: string) => flow.blocks[block]?.exits ?? {}

describe('adding a block', () => {
  test('behind an exit connects it below, and chooses it', () => {
    const flow = drawnFlow({ start: { type: 'start' } }, { start: [0, 0] })
    const edit = addBlock.apply(viewOf(flow), { block: { type: 'greeting' }, from: { block: 'start', exit: 'next' } })
    expect(edit?.flow.blocks).toEqual({ start: { type: 'start', exits: { next: 'greeting' } }, greeting: { type: 'greeting' } })
    expect(edit?.selection?.blocks).toEqual(['greeting'])
    expect(edit?.flow.layout?.greeting).toEqual([0, expect.any(Number)])
  })

  test('into a connection goes in between and pushes what follows down, nothing else', () => {
    const edit = addBlock.apply(viewOf(SMALL), { block: { type: 'message', text: '' }, from: { block: 'hello', exit: 'next' } })
    expect([lead(edit?.flow ?? SMALL, 'hello'), lead(edit?.flow ?? SMALL, 'message')]).toEqual([{ next: 'message' }, { next: 'topic' }])
    const [before, after] = [SMALL.layout ?? {}, edit?.flow.layout ?? {}]
    expect([after.start, after.hello]).toEqual([before.start, before.hello])
    expect(after.topic).toEqual([0, expect.any(Number)])
  })

  test('an entry is never connected', () => {
    const edit = addBlock.apply(viewOf(SMALL), { block: { type: 'on_keyword', words: [] }, from: { block: 'hello', exit: 'next' } })
    expect(lead(edit?.flow ?? SMALL, 'hello')).toEqual({ next: 'topic' })
  })

  test('takes a free id, and the exit of what is chosen', () => {
    const flow = drawnFlow({ start: { type: 'start' }, message: { type: 'message', text: 'Hi' } })
    expect(Object.keys(addBlock.apply(viewOf(flow), { block: { type: 'message', text: '' } })?.flow.blocks ?? {})).toContain('message_2')
    expect(exitToAddTo(viewOf(flow, { blocks: ['message'] }))).toEqual({ block: 'message', exit: 'next' })
    expect(exitToAddTo(viewOf(SMALL, { blocks: ['hello'] }))).toBeUndefined()
    expect(exitToAddTo(viewOf(SMALL, { connections: [{ block: 'hello', exit: 'next' }] }))).toEqual({ block: 'hello', exit: 'next' })
  })
})

describe('where a click in the palette adds', () => {
  test('with nothing chosen, at the one exit that leads nowhere yet', () => {
    const { bye: _bye, ...blocks } = SMALL.blocks
    const topic = { type: 'message', text: 'x' }
    expect(exitToAddTo(viewOf(drawnFlow({ ...blocks, topic })))).toEqual({ block: 'topic', exit: 'next' })
  })

  test('with nothing chosen and several open exits, at a start that leads nowhere, else nowhere', () => {
    const loose = { a: { type: 'message', text: 'x' }, b: { type: 'message', text: 'x' } }
    expect(exitToAddTo(viewOf(drawnFlow({ ...loose, start: { type: 'start' } })))).toEqual({ block: 'start', exit: 'next' })
    expect(exitToAddTo(viewOf(drawnFlow(loose)))).toBeUndefined()
  })

  test('never into a connection that was just drawn', () => {
    const edit = connect.apply(viewOf(SMALL), { from: { block: 'topic', exit: 'agent' }, to: 'hello' })
    expect(edit?.selection).toEqual({ ...NOTHING_CHOSEN, blocks: ['topic'] })
  })
})

describe('a new block', () => {
  const asked = (exits: Record<string, string> = {}) => ({
    type: 'keywords',
    cases: ['one', 'two'].map(id => ({ id, words: [id] })),
    exits,
  })

  test('lies below its source and to the right of its siblings, with room between', () => {
    let flow = drawnFlow({ topic: asked() }, { topic: [0, 0] })
    for (const exit of ['one', 'two', 'else']) {
      flow = addBlock.apply(viewOf(flow), { block: { type: 'message', text: '' }, from: { block: 'topic', exit } })?.flow ?? flow
    }
    const [source, ...boxes] = ['topic', 'message', 'message_2', 'message_3'].map(id => boxOf(flow, new Map(), id))
    for (const [index, box] of boxes.entries()) {
      expect(box.y - (source?.y ?? 0) - (source?.height ?? 0)).toBeGreaterThanOrEqual(40)
      const before = boxes[index - 1]
      if (before) expect(box.x - before.x - before.width).toBeGreaterThanOrEqual(40)
    }
  })

  test('covers nothing where it is dropped', () => {
    const flow = addBlock.apply(viewOf(SMALL), { block: { type: 'message', text: '' }, at: [8, 130] })?.flow ?? SMALL
    expect(overlapping(flow)).toEqual([])
  })

  test('uses the sizes that were measured', () => {
    const flow = drawnFlow({ start: { type: 'start' } }, { start: [0, 0] })
    const sizes = new Map([['start', [208, 400] as const]])
    const edit = addBlock.apply(viewOf(flow, {}, { sizes }), { block: { type: 'message', text: '' }, from: { block: 'start', exit: 'next' } })
    expect(boxOf(edit?.flow ?? flow, sizes, 'message').y).toBeGreaterThanOrEqual(440)
  })
})

describe('connecting', () => {
  test('leads an exit to one block only', () => {
    expect(lead(connect.apply(viewOf(SMALL), { from: { block: 'topic', exit: 'agent' }, to: 'hello' })?.flow ?? SMALL, 'topic')).toEqual({
      agent: 'hello',
      else: 'bye',
    })
  })

  test('from another exit moves the connection', () => {
    const edit = connect.apply(viewOf(SMALL), { from: { block: 'hello', exit: 'next' }, to: 'bye', instead: { block: 'topic', exit: 'agent' } })
    expect([lead(edit?.flow ?? SMALL, 'hello'), lead(edit?.flow ?? SMALL, 'topic')]).toEqual([{ next: 'bye' }, { else: 'bye' }])
  })

  test('is refused with a reason where nothing can arrive or leave', () => {
    expect(refusal(SMALL, { block: 'hello', exit: 'next' }, 'start')).toBe('Start begins by itself. Connections cannot lead to it.')
    expect(refusal(SMALL, { block: 'hello', exit: 'no_such_exit' }, 'bye')).toBeDefined()
    expect(refusal(SMALL, { block: 'hello', exit: 'error' }, 'bye')).toBeUndefined()
  })

  test('by dropping a loose block on it puts the block in between, a block with connections not', () => {
    const flow = { ...SMALL, blocks: { ...SMALL.blocks, loose: { type: 'message', text: 'x' } } }
    const edit = insertBlock.apply(viewOf(flow), { block: 'loose', into: { block: 'hello', exit: 'next' } })
    expect([lead(edit?.flow ?? SMALL, 'hello'), lead(edit?.flow ?? SMALL, 'loose')]).toEqual([{ next: 'loose' }, { next: 'topic' }])
    expect(insertBlock.apply(viewOf(flow), { block: 'bye', into: { block: 'start', exit: 'next' } })).toBeUndefined()
  })
})

describe('removing', () => {
  test('a block removes what leads to it, and focus goes to the block before, which is not chosen', () => {
    const view = viewOf(SMALL, { blocks: ['topic'] })
    const edit = deleteChosen.apply(view, undefined)
    expect(Object.keys(edit?.flow.blocks ?? {})).toEqual(['start', 'hello', 'bye'])
    expect(lead(edit?.flow ?? SMALL, 'hello')).toEqual({})
    expect([edit?.selection, edit?.said, deleteChosen.focusAfter?.(view)]).toEqual([NOTHING_CHOSEN, 'Deleted Topic', 'hello'])
  })

  test('a connection leaves both blocks', () => {
    const edit = deleteChosen.apply(viewOf(SMALL, { connections: [{ block: 'topic', exit: 'agent' }] }), undefined)
    expect(lead(edit?.flow ?? SMALL, 'topic')).toEqual({ else: 'bye' })
  })

  test('and closing the gap joins what was before and after', () => {
    const view = viewOf(SMALL, { blocks: ['topic'] })
    const edit = takeOut.apply(view, undefined)
    expect([lead(edit?.flow ?? SMALL, 'hello'), edit?.selection, takeOut.focusAfter?.(view)]).toEqual([{ next: 'bye' }, NOTHING_CHOSEN, 'bye'])
  })
})

describe('copying', () => {
  test('keeps connections among the copies and drops the others', () => {
    const edit = duplicate.apply(viewOf(SMALL, { blocks: ['hello', 'topic'] }), undefined)
    expect([lead(edit?.flow ?? SMALL, 'hello_2'), lead(edit?.flow ?? SMALL, 'topic_2')]).toEqual([{ next: 'topic_2' }, {}])
    expect(edit?.selection?.blocks).toEqual(['hello_2', 'topic_2'])
  })

  test('brings the variables and intents that the blocks name into another flow', () => {
    const flow = { ...SMALL, variables: { name: { type: 'text' as const }, other: { type: 'text' as const } } }
    const clip = clipOf(flow, { blocks: ['hello'], connections: [], notes: [], frames: [] })
    const edit = paste.apply(viewOf(drawnFlow({ hello: { type: 'end' } })), { clip: readClip(clip ? printClip(clip) : '') ?? SMALL })
    expect(edit?.flow.variables).toEqual({ name: { type: 'text' } })
    expect(Object.keys(edit?.flow.blocks ?? {})).toEqual(['hello', 'hello_2'])
  })

  test('takes no text that is no flow', () => {
    for (const text of ['', 'hello', '{', '{"blocks":{}}', '[]']) expect(readClip(text)).toBeUndefined()
  })

  test('covers nothing', () => {
    const edit = duplicate.apply(viewOf(SMALL, { blocks: ['hello'] }), undefined)
    const flow = edit?.flow ?? SMALL
    expect(overlapping(flow)).toEqual([])
  })
})

describe('going along', () => {
  test('down follows the first exit, up goes back', () => {
    expect(neighbour(viewOf(SMALL), 'hello', 'down')).toBe('topic')
    expect(neighbour(viewOf(SMALL), 'hello', 'up')).toBe('start')
    expect(walk.apply(viewOf(SMALL), { to: 'down' })?.selection?.blocks).toEqual(['start'])
  })

  test('the order is the one a conversation comes by', () => {
    const flow = drawnFlow({ z: { type: 'end' }, a: { type: 'end' }, start: { type: 'start', exits: { next: 'z' } } })
    expect(flowOrder(flow)).toEqual(['start', 'z', 'a'])
  })
})

test('lists tell blocks of one type apart; a label or a type of its own is name enough', () => {
  const message = { type: 'message', text: 'x' }
  const flow = drawnFlow({ start: { type: 'start' }, message, message_2: message, bye: { ...message, label: 'Bye' } })
  expect(Object.keys(flow.blocks).map(id => nameOf(flow, id))).toEqual(['Start', 'Message', 'Message 2', 'Bye'])
})

test('a frame surrounds what is chosen', () => {
  const edit = addFrame.apply(viewOf(SMALL, { blocks: ['hello'] }), undefined)
  const frame = edit?.flow.layout?.$frames?.frame
  const box = boxOf(SMALL, new Map(), 'hello')
  expect(frame && frame.at[0] < box.x && frame.at[1] < box.y && (frame.size?.[0] ?? 0) > box.width).toBe(true)
})

test('exits come in reading order; connections that a block does not have any more are shown too', () => {
  expect(exitsOf({ type: 'start', exits: { next: 'a', gone: 'b', error: 'c' } }).map(({ name, stray }) => [name, stray])).toEqual([
    ['next', false],
    ['gone', true],
    ['error', false],
  ])
  expect(firstFreeExit({ type: 'start', exits: { next: 'a' } })).toBeUndefined()
})

test('lining up gives equal edges and equal gaps', () => {
  const flow = drawnFlow({ a: { type: 'end' }, b: { type: 'end' }, c: { type: 'end' } }, { a: [0, 0], b: [400, 37], c: [1000, 80] })
  const view = viewOf(flow, { blocks: ['a', 'b', 'c'] })
  const run = (name: string) => {
    const command = COMMANDS.find(listed => listed.name === name)
    return (command && readied(command, view).apply(view, undefined)?.flow) ?? flow
  }
  expect(['a', 'b', 'c'].map(id => boxOf(run('align_top'), new Map(), id).y)).toEqual([0, 0, 0])
  const boxes = ['a', 'b', 'c'].map(id => boxOf(run('distribute_across'), new Map(), id))
  expect(boxes.map(box => box.x + box.width / 2)).toEqual([0, 500, 1000])
})

/** Pairs of blocks that cover each other. */
function overlapping(flow: typeof SMALL): readonly string[] {
  const ids = Object.keys(flow.blocks)
  return ids.flatMap((one, index) =>
    ids.slice(index + 1).flatMap(other => {
      const [a, b] = [boxOf(flow, new Map(), one), boxOf(flow, new Map(), other)]
      const isHit = a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
      return isHit ? [`${one} ${other}`] : []
    }),
  )
}
