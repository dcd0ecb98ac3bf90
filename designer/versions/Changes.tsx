/** What differs, in plain words: old words struck, new ones in green. */
import { useEffect, useRef } from 'react'
import { type BlockDiff, blockTypeOf, type DiffSentence, type FlowDiff, type SettingDiff } from '../../server/engine/index.ts'
import { BlockTile, blockViewOf } from '../blocks/index.ts'
import { versions as words } from '../words/versions.ts'
import classes from './Changes.module.css'
import type { Shown } from './use-versions.ts'

interface ChangesProps {
  readonly diff: FlowDiff | undefined
  /** The blocks of `diff`, in the order they are walked. */
  readonly changes: readonly BlockDiff[]
  readonly to: Shown
  /** Index of the change that is looked at. */
  readonly at: number
  setAt(at: number): void
}

/** The list walks the canvas, and the canvas the list. */
export function Changes({ diff, changes, to, at, setAt }: ChangesProps) {
  if (!diff) {
    return (
      <div className={classes.changes}>
        <h2 className={classes.title}>{words.looking(to === 'draft' ? words.draft : words.version(to))}</h2>
        <p className={classes.hint}>{words.lookHint}</p>
      </div>
    )
  }
  const total = diff.blocks.length + diff.settings.length
  return (
    <div className={classes.changes}>
      <h2 className={classes.title}>{words.changes(total)}</h2>
      <p className={classes.hint}>
        {words.same(diff.same)} {words.moved(diff.moved.length)}
      </p>
      {(['added', 'changed', 'removed'] as const).map(kind => (
        <Group key={kind} title={words[kind]} isEmpty={!changes.some(change => change.kind === kind)}>
          {changes.map((change, index) =>
            change.kind === kind ? <BlockChange key={change.block} change={change} isChosen={index === at} choose={() => setAt(index)} /> : null,
          )}
        </Group>
      ))}
      <Group title={words.settings} isEmpty={diff.settings.length === 0}>
        {diff.settings.map(change => (
          <SettingChange key={change.at} change={change} />
        ))}
      </Group>
    </div>
  )
}

function Group({ title, isEmpty, children }: { readonly title: string; readonly isEmpty: boolean; readonly children: React.ReactNode }) {
  if (isEmpty) return null
  return (
    <>
      <h3 className={classes.group}>{title}</h3>
      <ul className={classes.list}>{children}</ul>
    </>
  )
}

function BlockChange({ change, isChosen, choose }: { readonly change: BlockDiff; readonly isChosen: boolean; choose(): void }) {
  const row = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (isChosen) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isChosen])
  const type = blockTypeOf(change.type)
  const view = blockViewOf(change.type)
  return (
    <li>
      <button ref={row} type="button" className={classes.change} data-kind={change.kind} aria-pressed={isChosen} onClick={choose}>
        {type && view && <BlockTile icon={view.icon} group={type.group} size="small" />}
        <span>
          <b>{change.name}</b>
          <Sentences sentences={change.sentences} />
        </span>
      </button>
    </li>
  )
}

function SettingChange({ change }: { readonly change: SettingDiff }) {
  return (
    <li className={classes.change} data-kind={change.kind}>
      <span>
        <b>{change.name}</b>
        <Sentences sentences={change.sentences} />
      </span>
    </li>
  )
}

function Sentences({ sentences }: { readonly sentences: readonly DiffSentence[] }) {
  return sentences.map((sentence, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: sentences of one change keep their order
    <span key={index} className={classes.sentence}>
      {sentence.map(({ text, was }, place) => {
        const key = `${place}${text}`
        if (was === 'old') return <del key={key}>{text}</del>
        return was === 'new' ? <ins key={key}>{text}</ins> : text
      })}
    </span>
  ))
}
