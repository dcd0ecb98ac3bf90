import { beforeAll, expect, test } from 'vitest'
import { MOST_BYTES, measureWeight, showWeight, type Weight } from '../bench/canvas/weight.ts'
import { describeInBrowser } from '../helpers/browser.ts'

describeInBrowser('the first load', () => {
  let weight: Weight

  beforeAll(async () => {
    weight = await measureWeight()
  }, 120_000)

  test('of the list of flows stays below 350 kB of script', () => {
    expect(weight.list.pageBytes, showWeight(weight.list)).toBeLessThan(MOST_BYTES.list)
  })

  test('of a flow that can be worked on stays below 350 kB of script', () => {
    expect(weight.flow.pageBytes, showWeight(weight.flow)).toBeLessThan(MOST_BYTES.flow)
  })

  test('of the worker that lints stays below 160 kB of script', () => {
    expect(weight.flow.workers.length, showWeight(weight.flow)).toBeGreaterThan(0)
    expect(weight.flow.workerBytes, showWeight(weight.flow)).toBeLessThan(MOST_BYTES.worker)
  })
})
