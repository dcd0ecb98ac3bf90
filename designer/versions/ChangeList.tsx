/** What differs, in plain words: by kind, old words struck, new ones in green, and what a new block says as on its face. */
import { type ReactNode, useEffect, useRef } from 'react'
import { type Block, type BlockDiff, blockTypeOf, type DiffSentence, type Flow, type SettingDiff } from '../../server/engine/index.ts'
import { directionOf } from '../blocks/gist/index.ts'
import { BlockTile, blockViewOf, Tokens } from '../blocks/index.ts'
import { versions as words } from '../words/versions.ts'
import classes from './ChangeList.module.css'
import { KINDS } from './compare.ts'

interface ChangeListProps {
  readonly blocks: readonly BlockDiff[]
  readonly settings: readonly SettingDiff[]
  /** The two that are compared: their blocks are shown by what they say. */
  readonly before: Flow
  readonly after: Flow
  /** What the headings are below. */
  readonly level: 3 | 4
  /** The block that is looked at, by its index; left out where nothing can be chosen. */
  readonly at?: number
  setAt?(at: number): void
}

/** Changes by kind, those of the flow itself last. */
export function ChangeList({ blocks, settings, before, after, level, at, setAt }: ChangeListProps) {
  const Heading = `h${level}` as const
  const heading = (title: string) => <Heading className={classes.group}>{title}</Heading>
  return (
    <>
      {KINDS.map(
        kind =>
          blocks.some(change => change.kind === kind) && (
            <section key={kind}>
              {heading(words[kind])}
              <ul className={classes.list}>
                {blocks.map((change, index) =>
                  change.kind === kind ? (
                    <BlockChange
                      key={change.block}
                      change={change}
                      flow={kind === 'removed' ? before : after}
                      isChosen={index === at}
                      {...(setAt && { choose: () => setAt(index) })}
                    />
                  ) : null,
                )}
              </ul>
            </section>
          ),
      )}
      {settings.length > 0 && (
        <section>
          {heading(words.settings)}
          <ul className={classes.list}>
            {settings.map(change => (
              <SettingChange key={change.at} change={change} />
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

interface BlockChangeProps {
  readonly change: BlockDiff
  /** Where the block is to be found. */
  readonly flow: Flow
  readonly isChosen?: boolean
  /** Left out: the row is only read. */
  choose?(): void
}

/** A row for one block. */
export function BlockChange({ change, flow, isChosen = false, choose }: BlockChangeProps) {
  const { kind, type, name } = change
  const row = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (isChosen) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isChosen])
  const group = blockTypeOf(type)?.group
  const view = blockViewOf(type)
  const block = flow.blocks[change.block]
  const gist = kind !== 'changed' && block && view?.hasGist(block) ? <Gist block={block} languages={flow.languages} Face={view.Face} /> : undefined
  const content = (
    <>
      {group && view && <BlockTile icon={view.icon} group={group} size="small" />}
      <span className={classes.words}>
        <b dir="auto">{name}</b>
        {gist}
        {/* The first sentence of an added block says in general what the gist shows. */}
        <Sentences sentences={gist && kind === 'added' ? change.sentences.slice(1) : change.sentences} />
      </span>
    </>
  )
  return (
    <li>
      {choose ? (
        <button ref={row} type="button" className={classes.change} data-kind={kind} aria-pressed={isChosen} onClick={choose}>
          {content}
        </button>
      ) : (
        <div className={classes.change} data-kind={kind}>
          {content}
        </div>
      )}
    </li>
  )
}

/** A row for a setting of the flow, a variable or an intent. */
export function SettingChange({ change }: { readonly change: SettingDiff }) {
  return (
    <li className={classes.change} data-kind={change.kind}>
      <span className={classes.words}>
        <b dir="auto">{change.name}</b>
        <Sentences sentences={change.sentences} />
      </span>
    </li>
  )
}

type Face = NonNullable<ReturnType<typeof blockViewOf>>['Face']

function Gist({ block, languages, Face }: { readonly block: Block; readonly languages: readonly string[]; readonly Face: Face }): ReactNode {
  return (
    <span className={classes.gist}>
      <Face block={block} languages={languages} />
    </span>
  )
}

function Sentences({ sentences }: { readonly sentences: readonly DiffSentence[] }): ReactNode {
  return sentences.map((sentence, index) => {
    const [heading, ...rest] = sentence
    // "Greeting, ar: " is ours; what follows it runs in its own direction.
    const isHeaded = heading !== undefined && heading.was === undefined && heading.text.endsWith(': ')
    const said = isHeaded ? rest : sentence
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: sentences of one change keep their order
      <span key={index} className={classes.sentence}>
        {isHeaded && heading.text}
        <bdi {...directionOf(said.map(piece => piece.text).join(''))}>{said.map(drawPiece)}</bdi>
      </span>
    )
  })
}

function drawPiece({ text, was }: DiffSentence[number], place: number): ReactNode {
  const key = `${place}${text}`
  if (was === undefined) return <Tokens key={key} text={text} />
  const Mark = was === 'old' ? 'del' : 'ins'
  return (
    <Mark key={key}>
      <Tokens text={text} />
    </Mark>
  )
}
