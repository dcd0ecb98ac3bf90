/** Find in the flow, and commands: what does not fit is dimmed, Enter goes to the next place or runs the command, Esc closes. */
import { ActionIcon } from '@mantine/core'
import { useEffect, useMemo, useRef, useState } from 'react'
import { blockTypeOf } from '../../server/engine/index.ts'
import { BlockTile, blockViewOf } from '../blocks/index.ts'
import { nameOf } from '../commands/index.ts'
import { useDraft } from '../draft/index.ts'
import { commandOption, useCommands } from '../shell/commands.tsx'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { SearchList, type SearchOption } from '../ui/SearchList.tsx'
import { words } from '../words/en.ts'
import { closeFind, setCanvas, useCanvas } from './canvas-state.ts'
import { type Hit, searchFlow } from './search.ts'
import type { CanvasTools } from './tools.ts'

/** The field and what it finds, in its box. */
export function OpenFind({ tools }: { readonly tools: CanvasTools }) {
  const { query, asked } = useCanvas(state => state.find)
  const flow = useDraft(draft => draft.flow)
  // What can be done depends on what is chosen.
  useDraft(draft => draft.selection)
  const [active, setActive] = useState(query === '' ? undefined : 0)
  const field = useRef<HTMLInputElement>(null)
  const hits = useMemo(() => searchFlow(flow, query), [flow, query])
  const commands = useCommands(query).filter(({ name }) => name !== 'find')

  // biome-ignore lint/correctness/useExhaustiveDependencies: each time it is asked for
  useEffect(() => {
    const { isTyped, query: text } = useCanvas.getState().find
    field.current?.focus()
    // What was typed while this was on its way goes on behind its last letter.
    field.current?.setSelectionRange(isTyped ? text.length : 0, text.length)
  }, [asked])
  useEffect(() => setCanvas({ found: query.trim() === '' || hits.length === 0 ? undefined : new Set(hits.map(hit => hit.block)) }), [hits, query])

  const close = () => {
    closeFind()
    tools.focusChosen()
  }
  const goTo = (index: number) => {
    const place = (index + hits.length) % Math.max(1, hits.length)
    const hit = hits[place]
    if (!hit) return
    setActive(place)
    // Typing goes on where it was; the block is chosen and seen.
    tools.show(hit.block)
    field.current?.focus()
  }
  const run = (index: number) => {
    const action = commands[index]
    if (!action) return
    closeFind()
    // The field that has the focus goes: what the command does then finds it on the canvas.
    tools.takeFocus()
    action.run()
  }
  const walk = (index: number) => (index < hits.length ? goTo(index) : setActive(index))
  const enter = (index: number, isBack: boolean) => {
    const hit = hits[index]
    if (!hit) run(index - hits.length)
    else goTo(isBack ? index - 1 : isShown(tools, hit) ? index + 1 : index)
  }
  const place = active ?? 0
  return (
    <SearchList
      label={words.canvas.find}
      placeholder={words.canvas.findPlaceholder}
      query={query}
      groups={[
        { title: words.canvas.inThisFlow, options: hits.map(hit => hitOption(hit, nameOf(flow, hit.block))) },
        { title: words.shell.commands, options: commands.map(action => commandOption(action, query.trim() !== '')) },
      ]}
      active={active}
      field={field}
      onQuery={text => {
        setActive(text.trim() === '' ? undefined : 0)
        setCanvas({ find: { isOpen: true, query: text, asked, isTyped: true } })
      }}
      onWalk={walk}
      onEnter={enter}
      onPress={index => (index < hits.length ? goTo(index) : run(index - hits.length))}
      onClose={close}
      beside={
        <>
          <span className="find-count" role="status">
            {query.trim() === '' ? '' : hits.length === 0 ? words.canvas.findNothing : words.canvas.found(hits.length)}
          </span>
          <ActionIcon size={26} aria-label={words.canvas.previous} disabled={hits.length === 0} onClick={() => goTo(place - 1)}>
            <Icon path={icons.arrowUp} />
          </ActionIcon>
          <ActionIcon size={26} aria-label={words.canvas.next} disabled={hits.length === 0} onClick={() => goTo(place + 1)}>
            <Icon path={icons.chevronDown} />
          </ActionIcon>
          <ActionIcon size={26} aria-label={words.canvas.close} onClick={close}>
            <Icon path={icons.close} />
          </ActionIcon>
        </>
      }
    />
  )
}

function hitOption({ block, kind, excerpt }: Hit, name: string): SearchOption {
  return {
    key: `hit ${block} ${kind} ${excerpt}`,
    row: (
      <>
        <HitTile block={block} />
        <b className="find-name" dir="auto">
          {name}
        </b>
        <span className="find-kind">{words.canvas.hitKinds[kind]}</span>
        {kind !== 'name' && (
          <span className="find-excerpt" dir="auto">
            {excerpt}
          </span>
        )}
      </>
    ),
  }
}

function HitTile({ block }: { readonly block: string }) {
  const type = useDraft(({ flow }) => flow.blocks[block]?.type ?? '')
  return <BlockTile icon={blockViewOf(type)?.icon ?? icons.more} group={blockTypeOf(type)?.group ?? 'finish'} size="small" />
}

/** The first Enter goes to the place, further ones on. */
function isShown(tools: CanvasTools, hit: Hit): boolean {
  return tools.draft.getState().selection.blocks[0] === hit.block
}
