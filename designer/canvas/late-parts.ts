/** What opens on the canvas when somebody asks for it, without its weight before. */
import { lazyPart } from '../shell/part.tsx'

export const OpenFind = lazyPart(async () => (await import('./late.ts')).OpenFind)
export const OpenList = lazyPart(async () => (await import('./late.ts')).OpenList)
export const OpenMenu = lazyPart(async () => (await import('./late.ts')).OpenMenu)
export const OpenOutline = lazyPart(async () => (await import('./late.ts')).OpenOutline)

/** Loads them before somebody asks. */
export async function preloadCanvasParts(): Promise<void> {
  await Promise.all([OpenFind, OpenList, OpenMenu, OpenOutline].map(part => part.preload()))
}
