/** Fields on the canvas: the name and the text of a block, written where they are read. */
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { type Block, blockTypeOf } from '../../server/engine/index.ts'
import { directionOf } from '../blocks/gist/index.ts'
import { readText, renameBlock, writeText } from '../commands/index.ts'
import { words } from '../words/en.ts'
import { setCanvas, typedBefore, useCanvas } from './canvas-state.ts'

/** The name; `shown` is how the block is called meanwhile. Enter and Esc go back to the block; both keep what was written. */
export function InlineName({ id, block, shown }: { readonly id: string; readonly block: Block; readonly shown: string }) {
  const field = useRef<HTMLInputElement>(null)
  const [name, setName] = useState(() => typedBefore() || (block.label ?? ''))
  useEffect(() => {
    field.current?.focus()
    // Whoever types already goes on; for others the next letter replaces the name.
    if (typedBefore() === '') field.current?.select()
  }, [])
  const done = (toBlock: boolean) => finish(toBlock, () => run(tools => tools.draft.getState().run(renameBlock, { block: id, label: name })))
  return (
    <input
      ref={field}
      className="block-name-field nodrag nopan"
      dir="auto"
      aria-label={words.canvas.name}
      placeholder={block.label?.trim() ? blockTypeOf(block.type)?.title : shown}
      value={name}
      maxLength={120}
      onChange={event => setName(event.target.value)}
      onKeyDown={event => leaveOn(event, ['Enter', 'Escape'], () => done(true))}
      onBlur={() => done(false)}
    />
  )
}

/** The text. Enter writes a new line; Esc and Ctrl Enter go back to the block. Empty lines at the end are left out. */
export function InlineText(props: { readonly id: string; readonly block: Block; readonly setting: string; readonly language: string }) {
  const { id, block, setting, language } = props
  const field = useRef<HTMLTextAreaElement>(null)
  const hintId = useId()
  const [text, setText] = useState(() => readText(block, setting, language) + typedBefore())
  useEffect(() => {
    field.current?.focus()
    field.current?.setSelectionRange(field.current.value.length, field.current.value.length)
  }, [])
  // As high as what is written, so that no line is cut.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text decides the height
  useLayoutEffect(() => {
    const element = field.current
    if (!element) return
    element.style.height = 'auto'
    element.style.height = `${element.scrollHeight}px`
  }, [text])
  const done = (toBlock: boolean) =>
    finish(toBlock, () => run(tools => tools.draft.getState().run(writeText, { block: id, setting, language, text: text.replace(/\n+$/, '') })))
  return (
    <div className="block-text">
      <textarea
        ref={field}
        className="block-text-field nodrag nopan nowheel"
        aria-label={words.canvas.text}
        aria-describedby={hintId}
        placeholder={words.blocks.saysNothing}
        {...directionOf(text, language)}
        rows={2}
        value={text}
        onChange={event => setText(event.target.value)}
        onKeyDown={event => leaveOn(event, event.ctrlKey || event.metaKey ? ['Escape', 'Enter'] : ['Escape'], () => done(true))}
        onBlur={() => done(false)}
      />
      <div className="block-text-hint" id={hintId}>
        {words.canvas.finishText}
      </div>
    </div>
  )
}

/** Writes once: leaving by a key also blurs the field. */
function finish(toBlock: boolean, write: () => void): void {
  const { writing, tools } = useCanvas.getState()
  if (!writing) return
  write()
  setCanvas({ writing: undefined })
  if (toBlock) tools?.focusChosen()
}

function run(work: (tools: NonNullable<ReturnType<typeof useCanvas.getState>['tools']>) => void): void {
  const { tools } = useCanvas.getState()
  if (tools) work(tools)
}

function leaveOn(event: KeyboardEvent, keys: readonly string[], leave: () => void): void {
  event.stopPropagation()
  if (!keys.includes(event.key)) return
  event.preventDefault()
  leave()
}
