import { expect, test } from 'vitest'
import { problemsOf } from '../../../designer/draft/problems-of.ts'
import type { Problem } from '../../../server/engine/index.ts'

const problem = (block: string, message: string): Problem => ({ code: 'x', severity: 'warning', at: '', block, message })

test('a block has its own problems, the same list until one of them changes', () => {
  const [one, two, other] = [problem('hello', 'One'), problem('hello', 'Two'), problem('topic', 'Other')]
  const before = [one, other, two]
  expect(problemsOf(before, 'hello')).toEqual([one, two])
  expect(problemsOf(before, 'bye')).toEqual([])
  const kept = [problemsOf(before, 'hello'), problemsOf(before, 'topic'), problemsOf(before, 'bye')]
  const after = [one, two, problem('topic', 'Another')]
  expect(problemsOf(after, 'hello')).toBe(kept[0])
  expect(problemsOf(after, 'topic')).toEqual([after[2]])
  expect(problemsOf(after, 'bye')).toBe(kept[2])
  expect(problemsOf([two], 'hello')).toEqual([two])
})
