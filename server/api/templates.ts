/** Flows to begin with: the samples that come with every release. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Flow, parseFlow } from '../engine/index.ts'
import { PageQuery, pageOf, TemplateAnswer } from './contract.ts'
import { describe } from './flow-summaries.ts'
import { pageOfList } from './paging.ts'
import { defineRoute, ok, type Route } from './route.ts'

/** The call about templates. */
export const templateRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/templates',
    scope: 'flows:read',
    summary: 'Flows to begin with.',
    query: PageQuery,
    answers: { 200: pageOf(TemplateAnswer) },
    handle: async ({ query }, { templates }) => {
      const page = pageOfList(await templates(), query)
      return ok({ ...page, items: page.items.map(file => ({ id: file.id, name: file.name, ...describe(file), file })) })
    },
  }),
]

/** Reads the samples of a folder once, when somebody asks first. */
export function createTemplates(folder: string): () => Promise<readonly Flow[]> {
  let reading: Promise<readonly Flow[]> | undefined
  return () => {
    reading ??= readTemplates(folder).catch(error => {
      reading = undefined
      throw error
    })
    return reading
  }
}

async function readTemplates(folder: string): Promise<readonly Flow[]> {
  const names = (await readdir(folder)).filter(name => name.endsWith('.json') && !name.endsWith('.test.json')).sort()
  const parsings = await Promise.all(names.map(async name => parseFlow(await readFile(join(folder, name), 'utf8'))))
  return parsings.flatMap(parsing => (parsing.ok ? [parsing.flow] : []))
}
