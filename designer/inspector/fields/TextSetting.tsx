import type { ReactNode } from 'react'
import { languageName, type Text } from '../../../server/engine/index.ts'
import { words } from '../../words/en.ts'
import { textIn, withText } from './by-language.ts'
import { figure, fixedLength, type TextShape, tightestLimit } from './counter.ts'
import { Field } from './Field.tsx'
import { type FormScope, useFormScope } from './form-scope.tsx'
import { isNeeded, schemaAt, valueAt } from './pointer.ts'
import { TemplateArea } from './TemplateArea.tsx'
import { readAnyText, useTyped } from './use-typed.ts'

interface TextSettingProps {
  readonly at: string
  /** Instead of the schema's title. */
  readonly label?: string
  readonly placeholder?: string
  /** `false`: the label says enough. */
  readonly help?: boolean
  readonly rows?: number
  /** What the counter counts against. */
  readonly shape?: TextShape
}

/** A text for contacts in the chosen language, with completion and a counter against the tightest bound channel. */
export function TextSetting({ at, label, placeholder, help = true, rows = 2, shape = { kind: 'text' } }: TextSettingProps): ReactNode {
  const scope = useFormScope()
  const { block, flow, language, channels, printables, readOnly } = scope
  const text = textAt(scope, at)
  const { own, instead } = textIn(text, language, flow.languages)
  const typed = useTyped({
    value: own,
    print: value => value,
    read: readAnyText,
    save: value => scope.set(at, optional(scope, at, withText(textAt(scope, at), language, value, flow.languages))),
  })
  const schema = schemaAt(block.type, at)
  const limit = tightestLimit(shape, channels)
  const length = fixedLength(typed.text)
  const isOver = limit !== undefined && length > limit.most
  return (
    <Field
      at={at}
      label={label ?? schema.title ?? at}
      help={help ? schema.description : undefined}
      end={
        limit && (
          <span className="counter" data-over={isOver || undefined} title={words.inspector.tightest(limit.channel, figure(limit.most))}>
            {words.inspector.counted(figure(length), figure(limit.most))}
          </span>
        )
      }
    >
      {ids => (
        <>
          <TemplateArea
            {...ids}
            text={typed.text}
            placeholder={instead === '' ? placeholder : words.inspector.instead(languageName(flow.languages[0] ?? ''), instead)}
            language={language}
            printables={printables}
            rows={rows}
            readOnly={readOnly}
            onType={typed.type}
            onLeave={typed.leave}
          />
          {isOver && (
            <p className="field-over">{shape.kind === 'label' ? words.inspector.overLabel(limit.channel) : words.inspector.overText(limit.channel)}</p>
          )}
        </>
      )}
    </Field>
  )
}

function textAt({ block }: FormScope, at: string): Text | undefined {
  const value = valueAt(block, at)
  // The schema says that a text is nothing else.
  return value as Text | undefined
}

/** An optional text that says nothing is left out; a needed one stays, empty. */
function optional({ block }: FormScope, at: string, text: Text): Text | undefined {
  return text === '' && !isNeeded(block.type, at) ? undefined : text
}
