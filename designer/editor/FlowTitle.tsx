/** The flow's name in the header, and what can be done to the whole flow. */
import { Menu, UnstyledButton } from '@mantine/core'
import { useMemo, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { useDraft, useDraftStore } from '../draft/index.ts'
import { useFlowDeeds, useFlows } from '../flows/use-flows.ts'
import { useMay } from '../shell/me.ts'
import { type Action, runAction, useActions } from '../shell/palette.ts'
import { ThemeItems } from '../shell/ThemeItems.tsx'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { Keys } from '../ui/Keys.tsx'
import { words } from '../words/en.ts'
import classes from './FlowTitle.module.css'
import { usePanels } from './panels.ts'

/** Longest name a flow file takes. */
const LONGEST_NAME = 120

/** The name is a button that opens the menu; renaming happens where the name stands. */
export function FlowTitle({ id }: { readonly id: string }) {
  const name = useDraft(draft => draft.flow.name)
  const [isRenaming, setRenaming] = useState(false)
  const actions = useFlowActions(id, () => setRenaming(true))
  useActions(actions)
  return (
    <h1 className={classes.title}>
      {isRenaming ? (
        <NameField name={name} done={() => setRenaming(false)} />
      ) : (
        <Menu position="bottom-start" width={210} trapFocus returnFocus>
          <Menu.Target>
            <UnstyledButton className={classes.name} onDoubleClick={() => runAction('rename_flow')} aria-label={words.editor.flowMenu(name)}>
              <span className={classes.text} dir="auto">
                {name}
              </span>
              <Icon path={icons.chevronDown} size={12} />
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown>
            {actions.map(action => (
              <Menu.Item
                key={action.name}
                leftSection={<Icon path={action.icon ?? icons.more} />}
                rightSection={action.keys?.[0] && <Keys keys={action.keys[0]} />}
                disabled={action.isAvailable?.() === false}
                onClick={action.run}
              >
                {action.label}
              </Menu.Item>
            ))}
            <Menu.Divider />
            <ThemeItems />
          </Menu.Dropdown>
        </Menu>
      )}
    </h1>
  )
}

/** Enter and leaving keep the name, Esc the old one. */
function NameField({ name, done }: { readonly name: string; readonly done: () => void }) {
  const edit = useDraft(draft => draft.edit)
  const [written, setWritten] = useState(name)
  // Going away also takes the focus, which must not keep what Esc gave up.
  const isLeft = useRef(false)
  const keep = () => {
    if (isLeft.current) return
    isLeft.current = true
    const wanted = written.trim()
    if (wanted !== '' && wanted !== name) edit(now => ({ ...now, name: wanted }), 'flow/name')
    done()
  }
  return (
    <input
      className={classes.field}
      dir="auto"
      aria-label={words.inspector.name}
      value={written}
      maxLength={LONGEST_NAME}
      // biome-ignore lint/a11y/noAutofocus: the person has just asked to write here
      autoFocus
      onFocus={event => event.target.select()}
      onChange={event => setWritten(event.target.value)}
      onBlur={keep}
      onKeyDown={event => {
        if (event.key === 'Enter') keep()
        if (event.key !== 'Escape') return
        isLeft.current = true
        done()
      }}
    />
  )
}

/** What the menu and the command palette offer for the flow as a whole. */
function useFlowActions(id: string, rename: () => void): readonly Action[] {
  const mayWrite = useMay('flows:write')
  const readOnly = useDraft(draft => draft.readOnly)
  const store = useDraftStore()
  const deeds = useFlowDeeds()
  const { data: flows } = useFlows()
  const [, navigate] = useLocation()
  const summary = flows?.find(flow => flow.id === id)
  // biome-ignore lint/correctness/useExhaustiveDependencies: deeds are made anew with each list, as `flows` is
  return useMemo<readonly Action[]>(() => {
    const hasSummary = () => summary !== undefined
    return [
      ...(readOnly ? [] : [{ name: 'rename_flow', group: 'flow' as const, label: words.editor.rename, icon: icons.edit, run: rename }]),
      ...(mayWrite
        ? [
            {
              name: 'duplicate_flow',
              group: 'flow' as const,
              label: words.editor.duplicate,
              icon: icons.copy,
              isAvailable: hasSummary,
              // The server copies what it has: what was written last goes there first.
              run: () =>
                summary &&
                void store
                  .getState()
                  .saveNow()
                  .then(() => deeds.duplicate(summary)),
            },
          ]
        : []),
      {
        name: 'export_flow',
        group: 'flow',
        label: words.flows.exportJson,
        icon: icons.download,
        run: () => void import('../versions/save-file.ts').then(({ saveFlowFile }) => saveFlowFile(store.getState().flow, 'draft')),
      },
      {
        name: 'show_json',
        group: 'view',
        label: words.versions.showJson,
        icon: icons.code,
        keys: ['shift+J'],
        run: () => {
          const { isCoding, setCoding } = usePanels.getState()
          setCoding(!isCoding)
          navigate(`/flows/${id}`)
        },
      },
      ...(mayWrite
        ? [
            {
              name: 'archive_flow',
              group: 'flow' as const,
              label: words.editor.archive,
              icon: icons.archive,
              isAvailable: hasSummary,
              run: () => {
                if (!summary) return
                void deeds.setArchived(summary, true).then(done => done && navigate('/flows'))
              },
            },
          ]
        : []),
    ]
  }, [id, mayWrite, readOnly, store, flows, navigate])
}
