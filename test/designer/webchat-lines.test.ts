import { describe, expect, test } from 'vitest'
import { findLinks, safeAddress } from '../../designer/webchat/links.ts'
import type { Outgoing } from '../../designer/webchat/outbox.ts'
import { eventReader } from '../../designer/webchat/sse.ts'
import { dayLine } from '../../designer/webchat/times.ts'
import { addEntries, linesOf } from '../../designer/webchat/transcript.ts'
import type { TranscriptEntry } from '../../server/api/webchat-contract.ts'

const day = 86_400_000
const noon = new Date(2026, 10, 20, 12, 0).getTime()

describe('addresses in a text', () => {
  test.each([
    ['no address', ['no address']],
    ['see https://a.example/b?c=d#e now', ['see ', ['https://a.example/b?c=d#e'], ' now']],
    ['https://a.example.', [['https://a.example'], '.']],
    ['(https://a.example/b_(c))!', ['(', ['https://a.example/b_(c)'], ')!']],
    ['“https://a.example”', ['“', ['https://a.example'], '”']],
    ['http://a.example, https://b.example', [['http://a.example'], ', ', ['https://b.example']]],
    ['javascript:alert(1) https://', ['javascript:alert(1) https://']],
  ])('%j', (text, expected) => {
    expect(findLinks(text).map(piece => (piece.href === undefined ? piece.text : [piece.text]))).toEqual(expected)
  })

  test.each(['javascript:alert(1)', 'data:text/html,x', ' JaVaScRiPt:alert(1)', 'vbscript:x', 'file:///etc/passwd'])('%j is never opened', address => {
    expect(safeAddress(address, 'https://chat.example/')).toBeUndefined()
  })

  test('an address of our own may be relative', () => {
    expect(safeAddress('/files/f1', 'https://chat.example/chat/x')).toBe('https://chat.example/files/f1')
  })
})

describe('the reader of the stream', () => {
  const stream = ': hello\n\nid: 7\nevent: entries\ndata: [1,\ndata: 2]\n\nevent: typing\nid: 7\ndata: {}\n\n'
  test.each([1, 2, 7, 1000])('reads events in pieces of %d', size => {
    const read = eventReader()
    const events = Array.from({ length: Math.ceil(stream.length / size) }, (_, at) => read(stream.slice(at * size, (at + 1) * size))).flat()
    expect(events).toEqual([
      { name: 'entries', id: '7', data: '[1,\n2]' },
      { name: 'typing', id: '7', data: '{}' },
    ])
  })

  test('takes lines that end with CR LF, and keeps what is not complete', () => {
    const read = eventReader()
    expect(read('data: a\r\n\r\ndata: b\r\n')).toEqual([{ name: 'message', id: '', data: 'a' }])
    expect(read('\r\n')).toEqual([{ name: 'message', id: '', data: 'b' }])
  })
})

describe('the line of a day', () => {
  test.each([
    [0, 'Today, 12:00'],
    [1, 'Yesterday, 12:00'],
    [3, 'Tue 17 Nov, 12:00'],
    [365, 'Thu 20 Nov 2025, 12:00'],
  ])('%d days ago', (days, line) => {
    const then = new Date(noon)
    then.setDate(then.getDate() - days)
    expect(dayLine(then.getTime(), noon)).toBe(line)
  })
})

describe('the lines of the log', () => {
  const entry = (id: string, more: Partial<TranscriptEntry> = {}): TranscriptEntry => ({ id, at: noon, from: 'flow', text: `text ${id}`, ...more })
  const outgoing = (client_id: string, more: Partial<Outgoing> = {}): Outgoing => ({
    client_id,
    at: noon,
    text: 'out',
    uploads: [],
    files: [],
    state: 'sending',
    ...more,
  })
  const messages = (entries: readonly TranscriptEntry[], out: readonly Outgoing[] = []) =>
    linesOf(entries, out, noon).flatMap(line => (line.kind === 'message' ? [line] : []))

  test('a day is said once, above its first message', () => {
    const lines = linesOf([entry('1', { at: noon - day }), entry('2', { at: noon - day }), entry('3')], [], noon)
    expect(lines.map(line => line.text)).toEqual(['Yesterday, 12:00', 'text 1', 'text 2', 'Today, 12:00', 'text 3'])
  })

  test('only the last own message says that it was sent', () => {
    const own = (id: string) => entry(id, { from: 'contact', client_id: id })
    expect(messages([own('1'), entry('2'), own('3'), entry('4')]).map(line => line.note?.text)).toEqual([undefined, undefined, 'Sent 12:00', undefined])
  })

  test('a message keeps its line when the server has it', () => {
    const [before] = messages([], [outgoing('c1')])
    const [after] = messages([entry('1', { from: 'contact', client_id: 'c1', text: 'out' })])
    expect(after?.key).toBe(before?.key)
  })

  test('what was not sent says so and can be tried again; what waits behind it too', () => {
    const lines = messages(
      [],
      [outgoing('c1', { state: 'refused', why: 'Too long.' }), outgoing('c2', { state: 'waiting' }), outgoing('c3', { state: 'sent' })],
    )
    expect(lines.map(line => line.note)).toEqual([
      { text: 'Not sent. Too long.', isProblem: true, again: 'c1' },
      { text: 'Not sent yet.', isProblem: true, again: 'c2' },
      { text: 'Sent 12:00', isProblem: false },
    ])
  })

  test('buttons are open, then past, and the pressed one is used, also before the server has the press', () => {
    const menu = entry('1', {
      buttons: [
        { label: 'A', payload: '1:a' },
        { label: 'B', payload: '1:b' },
        { label: 'Site', url: 'https://a.example' },
      ],
    })
    const states = (entries: readonly TranscriptEntry[], out: readonly Outgoing[] = []) => messages(entries, out)[0]?.buttons.map(button => button.state)
    expect(states([menu])).toEqual(['open', 'open', 'open'])
    expect(states([menu, entry('2', { from: 'contact' })])).toEqual(['past', 'past', 'open'])
    expect(states([menu], [outgoing('c1', { payload: '1:b' })])).toEqual(['past', 'used', 'open'])
    expect(states([menu, entry('2', { from: 'contact', used_button: '1:a' })])).toEqual(['used', 'past', 'open'])
  })

  test('a press without a text shows the label of its button', () => {
    const { text: _, ...press } = entry('2', { from: 'contact', used_button: '1:a' })
    expect(messages([entry('1', { buttons: [{ label: 'Yes', payload: '1:a' }] }), press])[1]?.text).toBe('Yes')
  })

  test('the end of the chat is marked, and the way into another is there until somebody goes on', () => {
    const end = entry('2', { from: 'system', mark: 'ended' })
    const marks = (entries: readonly TranscriptEntry[], out: readonly Outgoing[] = []) =>
      linesOf(entries, out, noon).flatMap(line => (line.kind === 'mark' ? [line] : []))
    expect(marks([entry('0', { from: 'system', mark: 'began' }), entry('1')])).toEqual([])
    expect(marks([entry('1'), end])).toMatchObject([{ text: 'The chat ended 12:00', isLast: true }])
    expect(marks([entry('1'), end], [outgoing('c1')])).toMatchObject([{ isLast: false }])
    expect(marks([entry('1'), end, entry('3', { from: 'system', mark: 'began' })])).toMatchObject([
      { isLast: false },
      { text: 'A new chat began 12:00', isLast: false },
    ])
  })

  test('entries come once, and one that replaces another takes its place and its line', () => {
    const once = addEntries([entry('1'), entry('2')], [entry('2'), entry('3', { replaces: '1' })])
    expect(once.map(one => one.id)).toEqual(['3', '2'])
    expect(messages(once)[0]?.key).toBe(messages([entry('1')])[0]?.key)
  })

  test('one that replaces what is not there is shown at its own place', () => {
    expect(addEntries([entry('2')], [entry('3', { replaces: '1' })]).map(one => one.id)).toEqual(['2', '3'])
  })
})
