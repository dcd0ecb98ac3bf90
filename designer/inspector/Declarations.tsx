import { ActionIcon, Button, NativeSelect, Switch } from '@mantine/core'
import { type ReactNode, useMemo } from 'react'
import type { Flow, VariableDeclaration } from '../../server/engine/index.ts'
import { inWords } from '../blocks/index.ts'
import { NOTHING_CHOSEN } from '../commands/index.ts'
import { useDraft } from '../draft/index.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { words } from '../words/en.ts'
import { DeclaredName } from './DeclaredName.tsx'
import { printStart, readStart, withDeclaration } from './declaration.ts'
import { AddName, Field, Fold, freshId, LineField } from './fields/index.ts'
import { usesOf } from './rename.ts'
import { useFlow } from './use-flow.ts'

const HELP = { variables: words.inspector.flow.variablesHelp, contact_fields: words.inspector.flow.fieldsHelp } as const
const ADD = { variables: words.inspector.flow.addVariable, contact_fields: words.inspector.flow.addField } as const
const TYPES = Object.entries(words.inspector.flow.types).map(([value, label]) => ({ value, label }))

/** Variables or contact fields of the flow: name, type, what they begin as. Renaming one renames every use. */
export function Declarations({ what }: { readonly what: 'variables' | 'contact_fields' }): ReactNode {
  const declared = useDraft(draft => draft.flow[what])
  const edit = useDraft(draft => draft.edit)
  const readOnly = useDraft(draft => draft.readOnly)
  const add = (name: string) => edit(now => withDeclaration(now, what, freshId(name, Object.keys(now[what] ?? {}), 'value'), { type: 'text' }))
  return (
    <>
      <p className="field-help">{HELP[what]}</p>
      <ul className="cards">
        {Object.entries(declared ?? {}).map(([name, declaration]) => (
          <Declaration key={name} what={what} name={name} declaration={declaration} />
        ))}
      </ul>
      {!readOnly && <AddName label={ADD[what]} onAdd={add} />}
    </>
  )
}

interface DeclarationProps {
  readonly what: 'variables' | 'contact_fields'
  readonly name: string
  readonly declaration: VariableDeclaration
}

function Declaration({ what, name, declaration }: DeclarationProps): ReactNode {
  const edit = useDraft(draft => draft.edit)
  const readOnly = useDraft(draft => draft.readOnly)
  const { type, sensitive } = declaration
  const change = (next: VariableDeclaration | undefined, gesture?: string) => edit(now => withDeclaration(now, what, name, next), gesture)
  return (
    <li className="card" data-at={`/${what}/${name}`}>
      <div className="card-head">
        <DeclaredName what={what} name={name} />
        <NativeSelect
          className="declared-type"
          size="xs"
          aria-label={`${words.inspector.flow.type}: ${inWords(name)}`}
          value={type}
          disabled={readOnly}
          data={TYPES}
          onChange={event => change({ ...withoutStart(declaration), type: typeOf(event.currentTarget.value) })}
        />
        {!readOnly && (
          <ActionIcon size={22} aria-label={words.inspector.remove(inWords(name))} onClick={() => change(undefined)}>
            <Icon path={icons.close} size={13} />
          </ActionIcon>
        )}
      </div>
      <div className="card-body">
        <Uses what={what} name={name} />
        <Fold title={words.inspector.more} open={declaration.default !== undefined || sensitive === true}>
          {type === 'boolean' ? (
            <Field label={words.inspector.flow.start}>
              {ids => (
                <NativeSelect
                  {...ids}
                  value={printStart(declaration.default)}
                  disabled={readOnly}
                  data={[{ value: '', label: words.inspector.flow.startPlaceholder }, words.blocks.yes, words.blocks.no]}
                  onChange={event => change(withStart(declaration, readStart(event.currentTarget.value, type)))}
                />
              )}
            </Field>
          ) : (
            <LineField
              label={words.inspector.flow.start}
              placeholder={words.inspector.flow.startPlaceholder}
              readOnly={readOnly}
              value={printStart(declaration.default)}
              print={text => text}
              read={text => {
                const start = readStart(text, type)
                return start.ok ? { ok: true, value: printStart(start.value) } : { ok: false, wrong: words.inspector.flow.wrongStart[type] }
              }}
              save={text => change(withStart(declaration, readStart(text, type)), `${what}/${name}/default`)}
            />
          )}
          <Switch
            className="switch-line"
            labelPosition="left"
            size="xs"
            label={words.inspector.flow.sensitive}
            checked={sensitive === true}
            disabled={readOnly}
            onChange={event => {
              const { sensitive: _old, ...rest } = declaration
              change(event.currentTarget.checked ? { ...rest, sensitive: true } : rest)
            }}
          />
        </Fold>
      </div>
    </li>
  )
}

/** Blocks that use a name; a press chooses them. */
function Uses({ what, name }: { readonly what: 'variables' | 'contact_fields'; readonly name: string }): ReactNode {
  const flow: Flow = useFlow()
  const choose = useDraft(draft => draft.choose)
  const uses = useMemo(() => usesOf(flow, what, name), [flow, what, name])
  if (uses.length === 0) return <p className="field-help">{words.inspector.flow.uses(0)}</p>
  return (
    <Button size="compact-sm" variant="subtle" className="declared-uses" onClick={() => choose({ ...NOTHING_CHOSEN, blocks: uses })}>
      {words.inspector.flow.uses(uses.length)}
    </Button>
  )
}

function withoutStart({ default: _old, ...rest }: VariableDeclaration): VariableDeclaration {
  return rest
}

function withStart(declaration: VariableDeclaration, start: ReturnType<typeof readStart>): VariableDeclaration {
  if (!start.ok) return declaration
  return start.value === undefined ? withoutStart(declaration) : { ...declaration, default: start.value }
}

function typeOf(value: string): VariableDeclaration['type'] {
  const types = Object.keys(words.inspector.flow.types) as VariableDeclaration['type'][]
  return types.find(type => type === value) ?? 'text'
}
