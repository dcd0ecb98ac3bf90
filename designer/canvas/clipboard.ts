/** The clipboard: what is copied is the JSON of a flow file, so it can be pasted into another flow, a mail or a file. */
import { clipOf, deleteChosen, paste, printClip, whatIsChosen } from '../commands/index.ts'
import { lazyCode, PartMissing } from '../shell/part.tsx'
import { toast } from '../ui/toast.ts'
import { words } from '../words/en.ts'
import { type CanvasTools, runWithToast } from './tools.ts'

/** The chosen part as text; undefined when nothing that can be copied is chosen. */
export function chosenAsText(tools: CanvasTools): string | undefined {
  const { flow, selection } = tools.draft.getState()
  const clip = clipOf(flow, selection)
  return clip && printClip(clip)
}

/** Copies what is chosen; for menus, where the browser's own copy event does not happen. */
export async function copyChosen(tools: CanvasTools): Promise<boolean> {
  const text = chosenAsText(tools)
  if (text === undefined) return false
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    toast(words.canvas.cannotCopy)
    return false
  }
  sayCopied(tools)
  return true
}

/** Copies what is chosen and removes it. */
export async function cutChosen(tools: CanvasTools): Promise<void> {
  if (await copyChosen(tools)) runWithToast(tools, deleteChosen)
}

/** Pastes from the clipboard; for menus. */
export async function pasteClipboard(tools: CanvasTools): Promise<void> {
  const text = await navigator.clipboard.readText().catch(() => '')
  await pasteText(tools, text)
}

/** What reads a clip; with it comes the reader of flow files. */
export const lateClip = lazyCode(async () => (await import('../commands/read-clip.ts')).readClip)

/** Pastes a text, or says why it cannot. */
export async function pasteText(tools: CanvasTools, text: string): Promise<void> {
  try {
    const readClip = await lateClip.load()
    const clip = readClip(text)
    if (clip) tools.run(paste, { clip })
    else toast(words.canvas.cannotPaste)
  } catch (error) {
    if (!(error instanceof PartMissing)) throw error
    toast(words.shell.partMissing)
  }
}

/** Says what was copied. */
export function sayCopied(tools: CanvasTools): void {
  tools.draft.getState().say(words.canvas.copied(whatIsChosen(tools.draft.getState().view())))
}
