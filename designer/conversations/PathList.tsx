/** The path as a list of blocks, each with why the conversation went on from it. */
import { Link } from 'wouter'
import type { ConversationDetail } from '../../server/api/contract.ts'
import { blockTypeOf, type Flow } from '../../server/engine/index.ts'
import { BlockTile, blockViewOf } from '../blocks/index.ts'
import { nameOf } from '../commands/index.ts'
import { sayClock } from '../ui/when.ts'
import { conversations as words } from '../words/conversations.ts'
import classes from './PathList.module.css'
import { type PathStep, readPath } from './path.ts'
import { goToBlock } from './pointing.ts'
import { type Names, sayReason } from './say.ts'

interface PathListProps {
  readonly conversation: ConversationDetail
  /** The version that runs or ran last; undefined until it is read. */
  readonly flow: Flow | undefined
  readonly isOnCanvas: boolean
  readonly names: Names
}

/** On the canvas a step leads to its block. */
export function PathList({ conversation, flow, isOnCanvas, names }: PathListProps) {
  const steps = readPath(conversation.trace)
  if (steps.length === 0) return <p className={classes.none}>{words.noPath}</p>
  return (
    <ol className={classes.path}>
      {steps.map(step => (
        <Step key={step.key} step={step} flow={flow} isOnCanvas={isOnCanvas} names={names} conversation={conversation.id} />
      ))}
    </ol>
  )
}

interface StepProps extends Omit<PathListProps, 'conversation'> {
  readonly step: PathStep
  readonly conversation: string
}

function Step({ step, flow, isOnCanvas, names, conversation }: StepProps) {
  const { block, kind, why, at, flow: other } = step
  if (block === undefined) {
    return (
      <li className={classes.owner}>
        {sayReason(why, names)} <span>{sayClock(at)}</span>
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
      <b dir="auto">{name}</b>
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
      ) : own ? (
        <Link href={`/conversations/${conversation}/canvas`} className={classes.text} title={words.goToReason(name)} onClick={() => goToBlock(block)}>
          {text}
        </Link>
      ) : (
        <span className={classes.text}>{text}</span>
      )}
    </li>
  )
}
