import { type ReactNode, useDeferredValue, useId, useMemo, useState } from 'react'
import { blockTypeOf, type Flow } from '../../../server/engine/index.ts'
import { useLateCode } from '../../shell/part.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { icons } from '../../ui/icons.ts'
import { words } from '../../words/en.ts'
import { useFormScope } from './form-scope.tsx'
import { lateTrying } from './late.ts'
import { useChannels } from './use-channels.ts'

interface TryOutProps {
  readonly placeholder: string
  /** Shows the score of every intent. */
  readonly scores?: boolean
}

/** Try a sentence: what this block does with it, and why, as the engine says it. */
export function TryOut({ placeholder, scores = false }: TryOutProps): ReactNode {
  const { id, block, flow, channels } = useFormScope()
  const all = useChannels()
  const [text, setText] = useState('')
  const late = useDeferredValue(text)
  const fieldId = useId()
  const abilities = channels[0] ?? all.find(channel => channel.channel === 'webchat') ?? all[0]
  const trying = useLateCode(lateTrying, text !== '')
  const tried = useMemo(() => (late.trim() === '' || !abilities ? undefined : trying?.tryBlock(flow, id, late, abilities)), [flow, id, late, abilities, trying])
  const exit = tried?.exit === undefined ? undefined : exitName(block, tried.exit)
  return (
    <section className="try-out" aria-label={words.inspector.tryTitle}>
      <div className="field-label">
        <label htmlFor={fieldId}>{words.inspector.tryTitle}</label>
      </div>
      <span className="line">
        <input id={fieldId} dir="auto" value={text} placeholder={placeholder} autoComplete="off" onChange={event => setText(event.target.value)} />
      </span>
      <div role="status">
        {tried && (
          <p className="try-answer">
            {exit !== undefined && (
              <span className="try-exit" data-else={tried.exit === 'else' || undefined}>
                {tried.exit !== 'else' && <Icon path={icons.check} size={13} />}
                {exit}
              </span>
            )}
            <span>{tried.why}</span>
          </p>
        )}
      </div>
      {scores && <Scores flow={flow} text={late} />}
    </section>
  )
}

/** A choice is known by its label, a case by its name. */
function exitName(block: ReturnType<typeof useFormScope>['block'], name: string): string {
  if (block.type !== 'menu') return name.replaceAll('_', ' ')
  return (
    blockTypeOf(block.type)
      ?.exits(block)
      .find(exit => exit.name === name)?.label ?? name.replaceAll('_', ' ')
  )
}

/** Every intent with its score for a sentence, best first. */
export function Scores({ flow, text }: { readonly flow: Flow; readonly text: string }): ReactNode {
  const trying = useLateCode(lateTrying, text !== '')
  const scored = useMemo(() => trying?.scoreIntents(flow, text) ?? [], [flow, text, trying])
  if (scored.length === 0) return null
  return (
    <ol className="try-scores">
      {scored.slice(0, 5).map(({ intent, score }) => (
        <li key={intent}>
          <span className="try-name" dir="auto">
            {intent.replaceAll('_', ' ')}
          </span>
          <span className="try-bar">
            <span style={{ width: `${Math.round(score * 100)}%` }} />
          </span>
          <span className="try-score">{Math.round(score * 100)} %</span>
        </li>
      ))}
    </ol>
  )
}
