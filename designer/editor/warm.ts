/** What is loaded in idle time, the likeliest first. A file of its own, so that the list is no part of the first load either. */
import { preloadForms } from '../blocks/index.ts'
import { ConflictWindow, lateClip, preloadCanvasParts } from '../canvas/index.ts'
import { startArranging } from '../commands/index.ts'
import { preloadFields } from '../inspector/index.ts'
import { PaletteWindow } from '../shell/CommandPalette.tsx'
import { HelpWindow } from '../shell/KeyboardHelp.tsx'
import { PublishWindow } from '../versions/index.ts'
import { Simulator, Versions } from './parts.ts'

/** One step each idle moment. */
export const WARM: readonly (() => Promise<unknown>)[] = [
  preloadCanvasParts,
  preloadForms,
  Simulator.preload,
  preloadFields,
  PublishWindow.preload,
  PaletteWindow.preload,
  lateClip.load,
  ConflictWindow.preload,
  Versions.preload,
  HelpWindow.preload,
  async () => startArranging(),
]
