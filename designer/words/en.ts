/** Every word on screen, in English: one object a part, each in the file of its part. Another language is another file of this shape. */
import { blocks } from './blocks.ts'
import { canvas } from './canvas.ts'
import { conversations } from './conversations.ts'
import { drawing } from './drawing.ts'
import { editor } from './editor.ts'
import { flows } from './flows.ts'
import { inspector } from './inspector.ts'
import { live } from './live.ts'
import { problems } from './problems.ts'
import { settings } from './settings.ts'
import { shell } from './shell.ts'
import { signIn } from './sign-in.ts'
import { simulator } from './simulator.ts'
import { times } from './times.ts'
import { versions } from './versions.ts'

export const words = {
  shell,
  signIn,
  flows,
  drawing,
  editor,
  settings,
  blocks,
  canvas,
  inspector,
  live,
  conversations,
  problems,
  simulator,
  versions,
  times,
} as const
