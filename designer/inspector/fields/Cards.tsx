import { ActionIcon } from '@mantine/core'
import { type DragEvent, type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { Icon } from '../../ui/Icon.tsx'
import { icons } from '../../ui/icons.ts'
import { words } from '../../words/en.ts'
import { useFormScope } from './form-scope.tsx'
import { moved, withoutExit } from './ids.ts'
import { LeadsTo } from './LeadsTo.tsx'
import { valueAt, withValue } from './pointer.ts'

/** One card. */
export interface Card {
  /** What it is called: spoken, and shown where there is no `title`. */
  readonly name: string
  /** The exit it has; a card without one leads nowhere. */
  readonly exit?: string | undefined
  /** Instead of the name in the head: a field to rename it. */
  readonly title?: ReactNode
  readonly body?: ReactNode
}

interface CardsProps {
  /** The list in the block; its entries are the cards, in order. */
  readonly at: string
  readonly cards: readonly Card[]
}

/** Cases and choices as cards: moved by mouse or with the arrow keys on the grip, each showing where it leads. */
export function Cards({ at, cards }: CardsProps): ReactNode {
  const { change, say, readOnly } = useFormScope()
  const [dragged, setDragged] = useState<number>()
  const [over, setOver] = useState<number>()
  const list = useRef<HTMLUListElement>(null)

  const move = (from: number, to: number) => {
    const card = cards[from]
    if (!card || to < 0 || to >= cards.length || from === to) return
    change(block => withValue(block, at, moved(listAt(block, at), from, to)))
    say(words.inspector.movedTo(card.name, to + 1, cards.length))
  }
  const remove = (place: number, exit: string | undefined) => {
    change(block => {
      const rest = withValue(block, `${at}/${place}`, undefined)
      return exit === undefined ? rest : withoutExit(rest, exit)
    })
    // The focus must not be lost with the card: it goes to the neighbour.
    requestAnimationFrame(() => grips(list.current)[Math.min(place, cards.length - 2)]?.focus())
  }
  const onGripKey = (event: KeyboardEvent, place: number) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    event.stopPropagation()
    move(place, place + step)
    requestAnimationFrame(() => grips(list.current)[Math.max(0, Math.min(cards.length - 1, place + step))]?.focus())
  }
  const onDrop = (event: DragEvent, place: number) => {
    event.preventDefault()
    if (dragged !== undefined) move(dragged, place)
    setDragged(undefined)
    setOver(undefined)
  }
  return (
    <ul className="cards" ref={list} data-at={at}>
      {cards.map(({ name, exit, title, body }, place) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: a card renamed is the same card, and its fields follow their values
          key={place}
          className="card"
          data-at={`${at}/${place}`}
          data-dragged={dragged === place || undefined}
          data-over={over === place && dragged !== place ? (dragged !== undefined && dragged < place ? 'below' : 'above') : undefined}
          onDragOver={event => {
            if (dragged === undefined) return
            event.preventDefault()
            setOver(place)
          }}
          onDrop={event => onDrop(event, place)}
        >
          <div className="card-head">
            {!readOnly && cards.length > 1 && (
              <button
                type="button"
                className="card-grip"
                draggable
                aria-label={words.inspector.move(name, place + 1, cards.length)}
                title={words.inspector.moveHint}
                onDragStart={event => {
                  event.dataTransfer.effectAllowed = 'move'
                  setDragged(place)
                }}
                onDragEnd={() => {
                  setDragged(undefined)
                  setOver(undefined)
                }}
                onKeyDown={event => onGripKey(event, place)}
              >
                <Icon path="M6 4h.01M10 4h.01M6 8h.01M10 8h.01M6 12h.01M10 12h.01" size={13} />
              </button>
            )}
            {title ?? (
              <b className="card-name" dir="auto">
                {name}
              </b>
            )}
            {exit !== undefined && <LeadsTo exit={exit} name={name} />}
            {!readOnly && (
              <ActionIcon size={22} aria-label={words.inspector.remove(name)} onClick={() => remove(place, exit)}>
                <Icon path={icons.close} size={13} />
              </ActionIcon>
            )}
          </div>
          {body !== undefined && <div className="card-body">{body}</div>}
        </li>
      ))}
    </ul>
  )
}

/** An exit that no card stands for: else, timeout. */
export function ExitRow({ exit, name }: { readonly exit: string; readonly name: string }): ReactNode {
  return (
    <div className="exit-row">
      <b className="card-name" dir="auto">
        {name}
      </b>
      <LeadsTo exit={exit} name={name} />
    </div>
  )
}

/** Entries of a list setting. */
export function listAt(root: unknown, at: string): readonly unknown[] {
  const value = valueAt(root, at)
  return Array.isArray(value) ? value : []
}

function grips(list: HTMLUListElement | null): readonly HTMLButtonElement[] {
  return list ? [...list.querySelectorAll<HTMLButtonElement>('.card-grip')] : []
}
