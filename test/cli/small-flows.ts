/** Flows and flow tests that are small enough to read at a glance. */
import { printFlow } from '../../server/engine/index.ts'
import { parsed } from '../file/parsed.ts'

/** Greets, then waits for a word. */
export const ASKS = {
  format: 1,
  id: 'asks',
  name: 'Asks',
  languages: ['en'],
  variables: { colour: { type: 'text' } },
  blocks: {
    start: { type: 'start', exits: { next: 'colour' } },
    colour: {
      type: 'question',
      text: 'Which colour?',
      answer: 'text',
      variable: 'colour',
      timeout: '10 min',
      exits: { answered: 'thanks', invalid: 'late', timeout: 'late' },
    },
    thanks: { type: 'end', text: 'It will be {{ vars.colour }}.', outcome: 'chosen' },
    late: { type: 'abandon', text: 'Another time then.' },
  },
}

/** A conversation with it that leaves out the silence. */
export const ASKS_TEST = {
  flow: 'asks',
  tests: [
    {
      name: 'a colour is chosen',
      steps: [{ customer: 'hi' }, { bot: 'Which colour?' }, { customer: 'blue' }, { bot: 'It will be blue.' }, { expect: { outcome: 'chosen' } }],
    },
  ],
}

/** The canonical file of a flow. */
export function canonical(flow: unknown): string {
  return printFlow(parsed(flow))
}
