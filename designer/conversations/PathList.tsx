/** The path as a list of blocks, each with why the conversation went on from it. */
import type { ConversationDetail } from '../../server/api/contract.ts'
import { blockTypeOf, type Flow } from '../../server/engine/index.ts'
import { BlockTile, blockViewOf } from '../blocks/index.ts'
import { nameOf } from '../commands/index.ts'
import { conversations as words } from '../words/conversations.ts'
import classes from './PathList.module.css'
import { type PathStep, readPath } from './path.ts'
import { goToBlock } from './pointing.ts'
import { sayTime } from './say.ts'

interface PathListProps {
  readonly conversation: ConversationDetail
  /** The version that runs or ran last; undefined until it is read. */
  readonly flow: Flow | undefined
  readonly isOnCanvas: boolean
}

/** On the canvas a step leads to its block. */
export function PathList({ conversation, flow, isOnCanvas }: PathListProps) {
  const steps = readPath(conversation.trace)
  if (steps.length === 0) return <p className={classes.none}>{words.noPath}</p>
  return (
    <ol className={classes.path}>
      {steps.map(step => (
        <Step key={step.key} step={step} flow={flow} isOnCanvas={isOnCanvas} />
      ))}
    </ol>
  )
}

function Step({ step, flow, isOnCanvas }: { readonly step: PathStep; readonly flow: Flow | undefined; readonly isOnCanvas: boolean }) {
  const { block, kind, why, at, flow: other } = step
  if (block === undefined) {
    return (
      <li className={classes.owner}>
        {why} <span>{sayTime(at)}</span>
      </li>
    )
  }
  const own = other === undefined ? flow?.blocks[block] : undefined
  const type = own && blockTypeOf(own.type)
  const view = type && blockViewOf(type.type)
  const name = own && flow ? nameOf(flow, block) : block
  const reason = [...(other === undefined ? [] : [words.otherFlow(other)]), ...(why !== '' ? [why] : kind === 'waits' ? [words.waits] : [])].join(', ')
  const text = (
    <>
      <b>{name}</b>
      {reason !== '' && <span className={classes.why}>{reason}</span>}
    </>
  )
  return (
    <li className={classes.step} data-kind={kind}>
      <span className={classes.tile}>{type && view && <BlockTile icon={view.icon} group={type.group} size="small" />}</span>
      {isOnCanvas && own ? (
        <button type="button" className={classes.text} title={words.goTo(name)} onClick={() => goToBlock(block)}>
          {text}
        </button>
      ) : (
        <span className={classes.text}>{text}</span>
      )}
    </li>
  )
}
