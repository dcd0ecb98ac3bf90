import type { ReactNode } from 'react'
import { inWords } from '../blocks/index.ts'
import { useDraft } from '../draft/index.ts'
import { words } from '../words/en.ts'
import { isId, typedId, useTyped } from './fields/index.ts'
import { type Declared, renameDeclared } from './rename.ts'

/** The name of a variable, field or intent. It is renamed everywhere when the field is left, not letter by letter. */
export function DeclaredName({ what, name }: { readonly what: Declared; readonly name: string }): ReactNode {
  const declared = useDraft(draft => draft.flow[what])
  const edit = useDraft(draft => draft.edit)
  const say = useDraft(draft => draft.say)
  const readOnly = useDraft(draft => draft.readOnly)
  const typed = useTyped({
    value: name,
    print: inWords,
    read: text => {
      const id = typedId(text)
      if (!isId(id)) return { ok: false, wrong: words.inspector.wrongId }
      return id !== name && Object.hasOwn(declared ?? {}, id) ? { ok: false, wrong: words.inspector.flow.taken(inWords(id)) } : { ok: true, value: id }
    },
    save: to => {
      edit(now => renameDeclared(now, what, name, to))
      say(words.inspector.flow.renamed(inWords(name), inWords(to)))
    },
    whenLeft: true,
  })
  return (
    <input
      className="card-title"
      value={typed.text}
      aria-label={words.inspector.flow.rename(inWords(name))}
      aria-invalid={typed.wrong === undefined ? undefined : true}
      title={typed.wrong}
      readOnly={readOnly}
      onChange={event => typed.type(event.target.value)}
      onBlur={typed.leave}
      onKeyDown={event => event.key === 'Enter' && event.currentTarget.blur()}
    />
  )
}
