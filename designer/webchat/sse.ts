/** Reads a stream of server-sent events. `EventSource` cannot send the visitor's token in a header, and an address must not carry it. */

/** One event of the stream. */
export interface StreamEvent {
  readonly name: string
  readonly id: string
  readonly data: string
}

/** Takes pieces of the stream as they come and answers the events that are complete. */
export function eventReader(): (piece: string) => readonly StreamEvent[] {
  let rest = ''
  return piece => {
    rest += piece.replaceAll('\r', '')
    const blocks = rest.split('\n\n')
    rest = blocks.pop() ?? ''
    return blocks.map(readBlock).filter(event => event.data !== '')
  }
}

function readBlock(block: string): StreamEvent {
  const event = { name: 'message', id: '', data: [] as string[] }
  for (const line of block.split('\n')) {
    const at = line.indexOf(':')
    const field = at < 0 ? line : line.slice(0, at)
    const value = at < 0 ? '' : line.slice(at + 1).replace(/^ /, '')
    if (field === 'event') event.name = value
    else if (field === 'id') event.id = value
    else if (field === 'data') event.data.push(value)
  }
  return { ...event, data: event.data.join('\n') }
}
