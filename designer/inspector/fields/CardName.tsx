import type { ReactNode } from 'react'
import { words } from '../../words/en.ts'
import { listAt } from './Cards.tsx'
import { useFormScope } from './form-scope.tsx'
import { freshId, RESERVED_EXITS, withRenamedExit } from './ids.ts'
import { valueAt, withValue } from './pointer.ts'
import { useTyped } from './use-typed.ts'

/** The name of a case, to be changed in place. It is the name of its exit too: what the exit led to stays. */
export function CardName({ at, list }: { readonly at: string; readonly list: string }): ReactNode {
  const { block, change, readOnly } = useFormScope()
  const id = String(valueAt(block, `${at}/id`) ?? '')
  const places = listAt(block, list).map((_, place) => `${list}/${place}`)
  const others = [...RESERVED_EXITS, ...places.filter(place => place !== at).map(place => String(valueAt(block, `${place}/id`) ?? ''))]
  const typed = useTyped({
    value: id.replaceAll('_', ' '),
    print: name => name,
    read: name => (name.trim() === '' ? { ok: false, wrong: words.inspector.needsName } : { ok: true, value: freshId(name, others, id).replaceAll('_', ' ') }),
    save: name => {
      const next = freshId(name, others, id)
      if (next !== id) change(now => withRenamedExit(withValue(now, `${at}/id`, next), id, next))
    },
  })
  return (
    <input
      className="card-title"
      dir="auto"
      value={typed.text}
      aria-label={words.inspector.nameOfCase}
      aria-invalid={typed.wrong === undefined ? undefined : true}
      title={typed.wrong}
      readOnly={readOnly}
      onChange={event => typed.type(event.target.value)}
      onBlur={typed.leave}
      onKeyDown={event => event.key === 'Enter' && event.currentTarget.blur()}
    />
  )
}
