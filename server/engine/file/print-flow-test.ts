/** The one way to print a file of flow tests: a step a line, so that a changed step is one line in a diff. */
import type { FlowTestFile } from './flow-test.ts'

/** The canonical text of a well-formed test file: the same tests always give the same bytes. */
export function printFlowTests({ $schema, flow, tests }: FlowTestFile): string {
  const head = [...($schema === undefined ? [] : [`  "$schema": ${JSON.stringify($schema)}`]), `  "flow": ${JSON.stringify(flow)}`]
  const printed = tests.map(({ name, channel, language, contact, returning, now, steps }) => {
    const settings = Object.entries({ name, channel, language, contact, returning, now }).filter(([, value]) => value !== undefined)
    const lines = settings.map(([key, value]) => `      ${JSON.stringify(key)}: ${onOneLine(value)}`)
    const shownSteps = steps.map(step => `        ${onOneLine(step)}`).join(',\n')
    return `    {\n${[...lines, `      "steps": [\n${shownSteps}\n      ]`].join(',\n')}\n    }`
  })
  const list = printed.length === 0 ? '[]' : `[\n${printed.join(',\n')}\n  ]`
  return `{\n${[...head, `  "tests": ${list}`].join(',\n')}\n}\n`
}

function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined)
  return entries.length === 0 ? '{}' : `{ ${entries.map(([key, entry]) => `${JSON.stringify(key)}: ${onOneLine(entry)}`).join(', ')} }`
}
