/** Small flow files for tests of the server. */

/** Greets, then tells short messages from long ones, keeps listening. */
export function echoFlow(id: string, text = 'Hello!'): object {
  return {
    format: 1,
    id,
    name: `Flow ${id}`,
    languages: ['en'],
    blocks: {
      start: { type: 'start', exits: { next: 'hello' } },
      hello: { type: 'message', text, exits: { next: 'ear' } },
      ear: { type: 'listen', timeout: '1 h', exits: { message: 'again', timeout: 'bye' } },
      again: { type: 'message', text: 'You said {{ message.text }}', exits: { next: 'ear' } },
      bye: { type: 'end', outcome: 'done' },
    },
  }
}

/** Says one thing and ends: waits for nothing. */
export function oneLineFlow(id: string): object {
  return {
    format: 1,
    id,
    name: `Flow ${id}`,
    languages: ['en'],
    blocks: {
      start: { type: 'start', exits: { next: 'hello' } },
      hello: { type: 'message', text: 'We are closed.', exits: { next: 'bye' } },
      bye: { type: 'end', outcome: 'done' },
    },
  }
}

/** Sends everybody into the default queue. */
export function queueFlow(id: string): object {
  return {
    format: 1,
    id,
    name: `Flow ${id}`,
    languages: ['en'],
    blocks: {
      start: { type: 'start', exits: { next: 'team' } },
      team: { type: 'queue', queue: 'default', exits: { ended: 'bye', full: 'bye', unavailable: 'bye', left: 'bye' } },
      bye: { type: 'end', outcome: 'served' },
    },
  }
}
