import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { format } from '../../server/cli/format.ts'
import { makeFolder, runCommand } from '../helpers/terminal.ts'
import { ASKS, ASKS_TEST, canonical } from './small-flows.ts'

let made: ReturnType<typeof makeFolder>
afterEach(() => made.remove())
const read = (name: string) => readFileSync(join(made.folder, name), 'utf8')
const shuffled = JSON.stringify({ blocks: ASKS.blocks, variables: ASKS.variables, languages: ASKS.languages, name: ASKS.name, id: ASKS.id, format: 1 })

describe('parley format', () => {
  it('writes the canonical form, and leaves alone what has it', async () => {
    made = makeFolder({ 'flows/a.json': shuffled, 'flows/b.json': canonical({ ...ASKS, id: 'b' }), 'flows/a.test.json': ASKS_TEST })
    const before = statSync(join(made.folder, 'flows/b.json')).mtimeMs
    const { exit, out } = await runCommand(format, ['flows'], { folder: made.folder })
    expect({ exit, out }).toEqual({ exit: 0, out: 'flows/a.json written\n2 files: 1 changed.' })
    expect(read('flows/a.json')).toBe(canonical(ASKS))
    expect(statSync(join(made.folder, 'flows/b.json')).mtimeMs).toBe(before)
    expect(read('flows/a.test.json')).toContain('a colour is chosen')
  })

  it('--check writes nothing and says so', async () => {
    made = makeFolder({ 'a.json': shuffled })
    const { exit, out } = await runCommand(format, ['--check', 'a.json'], { folder: made.folder })
    expect({ exit, out }).toEqual({ exit: 1, out: 'a.json is not canonical\n1 file: 1 to change.' })
    expect(read('a.json')).toBe(shuffled)
  })

  it('never writes a file that is not well-formed', async () => {
    made = makeFolder({ 'a.json': '{ "format": 1, "id": "a", "colour": 3 }' })
    const { exit, out } = await runCommand(format, ['a.json', '--json'], { folder: made.folder })
    expect(exit).toBe(1)
    expect(JSON.parse(out)).toMatchObject({ ok: false, files: [{ file: 'a.json', changed: false }] })
    expect(JSON.parse(out).files[0].problems.length).toBeGreaterThan(0)
    expect(read('a.json')).toContain('colour')
  })

  it('brings an older format up to date', async () => {
    made = makeFolder({ 'old.json': readFileSync('test/file/formats/format-0.json', 'utf8') })
    const { exit, out } = await runCommand(format, ['old.json'], { folder: made.folder })
    expect({ exit, out }).toEqual({ exit: 0, out: 'old.json written (from format 0)\n1 file: 1 changed.' })
    expect(JSON.parse(read('old.json')).format).toBe(1)
  })
})
