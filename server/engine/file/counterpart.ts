/** What another version of a flow has in the place of a block, for whoever waits there when that version is published. */
import { canonicalJson } from './canonical.ts'
import type { Block } from './flow.ts'

/** `same`: a block that does the same, whatever it is called and wherever it leads. `changed`: one of the same type. `gone`: neither. */
export type Counterpart = 'same' | 'changed' | 'gone'

/** Compares the block that waits with the block of the same id in the other version. */
export function counterpartOf(before: Block | undefined, after: Block | undefined): Counterpart {
  if (!before || !after || before.type !== after.type) return 'gone'
  return canonicalJson(meaningOf(before)) === canonicalJson(meaningOf(after)) ? 'same' : 'changed'
}

/** Without what says nothing about the wait: names, remarks, and where the exits lead. */
function meaningOf({ label: _label, note: _note, exits: _exits, ...settings }: Block): Readonly<Record<string, unknown>> {
  return settings
}
