import { ActionIcon, Menu } from '@mantine/core'
import { type ReactNode, Suspense, useMemo } from 'react'
import { type Block, blockTypeOf, type Problem } from '../../server/engine/index.ts'
import { BlockTile, blockViewOf } from '../blocks/index.ts'
import { isNotYet, problemsOf, useDraft } from '../draft/index.ts'
import { usePanels } from '../editor/panels.ts'
import { FixButton } from '../problems/FixButton.tsx'
import { connectAll, useFix, useMend } from '../problems/fixes/index.ts'
import { exitsOfProblems, foldExits, keyOf } from '../problems/list.ts'
import { needsOf } from '../problems/needs.ts'
import { useAllActions } from '../shell/palette.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { Keys } from '../ui/Keys.tsx'
import { words } from '../words/en.ts'
import { Advanced } from './Advanced.tsx'
import { AreaField, FormScopeProvider, Section, useFormScope, useTyped } from './fields/index.ts'
import { GenericForm } from './GenericForm.tsx'
import { GoTo } from './GoTo.tsx'
import { goToSetting } from './go-to.ts'
import { useScope } from './use-scope.ts'

/** The inspector of one block: head, what it does, its form, note, advanced. */
export function BlockPanel({ id }: { readonly id: string }): ReactNode {
  const scope = useScope(id)
  if (!scope) return null
  const type = blockTypeOf(scope.block.type)
  return (
    <FormScopeProvider value={scope}>
      <div className="inspector">
        <BlockHead />
        <div className="inspector-body">
          <p className="inspector-purpose">{type ? type.purpose : words.inspector.unknownType(scope.block.type)}</p>
          <ProblemsHere />
          <Suspense>
            <BlockForm block={scope.block} />
            <GoTo block={id} />
          </Suspense>
          <Section title={words.inspector.note}>
            <Note />
          </Section>
          <Advanced />
        </div>
      </div>
    </FormScopeProvider>
  )
}

/** The form of the type; a type without one has a form made of its schema. */
function BlockForm({ block }: { readonly block: Block }): ReactNode {
  const view = blockViewOf(block.type)
  return view ? <view.Form /> : <GenericForm />
}

/** What the menu of the head offers, by the names of the edits. */
const EDITS = ['duplicate', 'copy', 'cut', 'paste', 'take_out', 'delete_chosen']

function Edits(): ReactNode {
  const actions = useAllActions()
  return EDITS.flatMap(name => actions.filter(action => action.name === name && action.isAvailable?.() !== false)).map(({ name, label, keys, run }) => (
    <Menu.Item key={name} rightSection={keys?.[0] && <Keys keys={keys[0]} />} onClick={run}>
      {label}
    </Menu.Item>
  ))
}

function BlockHead(): ReactNode {
  const { block, set, readOnly } = useFormScope()
  const close = usePanels(panels => panels.setInspecting)
  const type = blockTypeOf(block.type)
  const title = type?.title ?? block.type
  const view = blockViewOf(block.type)
  const typed = useTyped({
    value: block.label ?? '',
    print: label => label,
    read: label => ({ ok: true, value: label.trim().slice(0, 120) }),
    save: label => set('/label', label === '' ? undefined : label),
  })
  return (
    <header className="inspector-head">
      {view && type && <BlockTile icon={view.icon} group={type.group} />}
      <div className="inspector-titles">
        <h2 className="inspector-name">
          <input
            dir="auto"
            value={typed.text}
            placeholder={title}
            aria-label={words.inspector.blockName}
            title={typed.text === '' ? undefined : typed.text}
            readOnly={readOnly}
            onChange={event => typed.type(event.target.value)}
            onBlur={typed.leave}
            onKeyDown={event => event.key === 'Enter' && event.currentTarget.blur()}
          />
        </h2>
        {typed.text !== '' && <span className="inspector-type">{title}</span>}
      </div>
      {!readOnly && (
        <Menu>
          <Menu.Target>
            <ActionIcon size={26} aria-label={words.inspector.more}>
              <Icon path={icons.more} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Edits />
          </Menu.Dropdown>
        </Menu>
      )}
      <ActionIcon size={26} aria-label={words.inspector.close} onClick={() => close(false)}>
        <Icon path={icons.close} />
      </ActionIcon>
    </header>
  )
}

/** What is wrong with the block; what a block that was just added lacks is one quiet line. */
function ProblemsHere(): ReactNode {
  const { id } = useFormScope()
  const problems = useDraft(draft => problemsOf(draft.problems, id))
  const begun = useDraft(draft => draft.begun)
  const needs = useMemo(() => needsOf(problems, begun), [problems, begun])
  const entries = useMemo(() => foldExits(problems.filter(problem => !isNotYet(problem, begun))), [problems, begun])
  return (
    <>
      {needs !== undefined && (
        <div className="inspector-needs">
          {needs}
          <ConnectAll problems={problems} />
        </div>
      )}
      {entries.length > 0 && (
        <ul className="inspector-problems" aria-label={words.inspector.problemsHere}>
          {entries.map(({ first, problems: folded }) =>
            folded.length === 1 ? <ProblemHere key={keyOf(first)} problem={first} /> : <ExitsHere key={keyOf(first)} problems={folded} />,
          )}
        </ul>
      )}
    </>
  )
}

/** The sentence, and the verb that mends it. */
function ProblemHere({ problem }: { readonly problem: Problem }): ReactNode {
  const { id, flow, readOnly } = useFormScope()
  const fix = useFix(problem, flow, readOnly)
  const mend = useMend()
  const lead = () => goToSetting(id, problem.at.slice(`/blocks/${id}`.length))
  return (
    <li data-severity={problem.severity}>
      <Icon path={problem.severity === 'error' ? icons.close : icons.warning} size={13} />
      <div>
        {problem.message} {problem.hint !== undefined && <span className="inspector-hint">{problem.hint}</span>}
        {fix && <FixButton className="inspector-fix" fix={fix} onFix={chosen => mend(chosen, lead)} />}
      </div>
    </li>
  )
}

/** Exits that lead nowhere are one row; where each of them leads is further down in the form. */
function ExitsHere({ problems }: { readonly problems: readonly Problem[] }): ReactNode {
  return (
    <li data-severity={problems[0]?.severity}>
      <Icon path={icons.close} size={13} />
      <div>
        {words.problems.exits(problems.length)}
        <ConnectAll problems={problems} />
      </div>
    </li>
  )
}

/** Leads every open exit that has to lead on to one block. */
function ConnectAll({ problems }: { readonly problems: readonly Problem[] }): ReactNode {
  const { id, flow, readOnly } = useFormScope()
  const mend = useMend()
  const exits = exitsOfProblems(problems.filter(({ code }) => code === 'unconnected_exit'))
  if (readOnly || exits.length < 2) return null
  return <FixButton className="inspector-fix" fix={connectAll(flow, id, exits)} onFix={chosen => mend(chosen, () => {})} />
}

function Note(): ReactNode {
  const { block, set, readOnly } = useFormScope()
  return (
    <AreaField
      label={words.inspector.note}
      hideLabel
      placeholder={words.inspector.notePlaceholder}
      readOnly={readOnly}
      value={block.note ?? ''}
      save={note => set('/note', note === '' ? undefined : note)}
    />
  )
}
