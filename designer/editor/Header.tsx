/** The editor's header: where you are, what is saved, which view, and what to press. */
import { ActionIcon, Button, SegmentedControl, Tooltip } from '@mantine/core'
import { useMemo } from 'react'
import { Link, useLocation } from 'wouter'
import { Reach } from '../connectors/Reach.tsx'
import { useDraft } from '../draft/index.ts'
import { useFlows } from '../flows/use-flows.ts'
import { ActionHint, ActionKeys } from '../shell/ActionButton.tsx'
import { useMay } from '../shell/me.ts'
import { type Action, runAction, useActions } from '../shell/palette.ts'
import { SkipLink } from '../shell/SkipLink.tsx'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { Logo } from '../ui/Logo.tsx'
import { useTitle } from '../ui/title.ts'
import { words } from '../words/en.ts'
import type { EditorViewName } from './EditorPage.tsx'
import { FlowTitle } from './FlowTitle.tsx'
import classes from './Header.module.css'
import { usePanels } from './panels.ts'
import { SaveState } from './SaveState.tsx'
import { useDiffers } from './use-differs.ts'

/** Undo, redo, find and publish are run by name, so they are the same as in the palette and by key. */
export function Header({ id, view }: { readonly id: string; readonly view: EditorViewName }) {
  const [, navigate] = useLocation()
  const name = useDraft(draft => draft.flow.name)
  useTitle(name, words.editor.views[view])
  useActions(useMemo<readonly Action[]>(() => viewActions(id, navigate), [id, navigate]))
  return (
    <header className={classes.header}>
      <SkipLink label={view === 'draw' ? words.editor.skipToCanvas : words.shell.skipToContent} />
      <div className={classes.left}>
        <nav className={classes.where} aria-label={words.editor.breadcrumb}>
          <Link href="/flows" className={classes.home} aria-label={words.shell.product}>
            <Logo />
          </Link>
          <Link href="/flows" className={classes.flows}>
            {words.editor.flows}
          </Link>
          <span className={classes.slash} aria-hidden="true">
            /
          </span>
          <FlowTitle id={id} />
        </nav>
        <SaveState />
        <LiveMark id={id} />
      </div>
      <SegmentedControl
        className={classes.views ?? ''}
        aria-label={words.editor.view}
        value={view}
        onChange={value => navigate(value === 'draw' ? `/flows/${id}` : `/flows/${id}/${value}`)}
        data={(['draw', 'versions', 'live'] as const).map(value => ({ value, label: <ViewLabel view={value} /> }))}
      />
      <div className={classes.tools}>
        {view === 'draw' && <DrawingTools />}
        <TryButton id={id} view={view} />
        <PublishButton />
      </div>
    </header>
  )
}

/** Who draws but may not publish learns who may. */
function PublishButton() {
  const mayPublish = useMay('flows:publish')
  const mayWrite = useMay('flows:write')
  if (mayPublish) {
    return (
      <ActionHint name="publish" label={words.editor.publish}>
        <Button variant="filled" onClick={() => runAction('publish')}>
          {words.editor.publish}
        </Button>
      </ActionHint>
    )
  }
  if (!mayWrite) return null
  return (
    <Tooltip label={words.editor.whoPublishes}>
      <Button data-disabled aria-disabled="true" aria-description={words.editor.whoPublishes}>
        {words.editor.publish}
      </Button>
    </Tooltip>
  )
}

function LiveMark({ id }: { readonly id: string }) {
  const name = useDraft(draft => draft.flow.name)
  const differs = useDiffers(id)
  const { data: flows } = useFlows()
  const summary = flows?.find(flow => flow.id === id)
  return summary ? <Reach id={id} name={name} live={summary.live?.version} differs={differs} /> : null
}

/** Only where something is drawn: undoing what nobody sees would be a trap. */
function DrawingTools() {
  return (
    <>
      <UndoRedo />
      <span className={classes.separator} />
      <Button
        className={classes.find ?? ''}
        variant="subtle"
        color="gray"
        leftSection={<Icon path={icons.search} />}
        rightSection={<ActionKeys name="find" />}
        onClick={() => runAction('find')}
      >
        <span className={classes.findText}>{words.editor.find}</span>
      </Button>
    </>
  )
}

/** The simulator is beside the drawing; from another view the button leads there. */
function TryButton({ id, view }: { readonly id: string; readonly view: EditorViewName }) {
  const [, navigate] = useLocation()
  const { isTrying, setTrying, write } = usePanels()
  const isShown = isTrying && view === 'draw'
  const toggle = () => {
    if (isShown) setTrying(false)
    else write()
    if (view !== 'draw') navigate(`/flows/${id}`)
  }
  return (
    <ActionHint name="try" label={words.editor.try}>
      <Button variant="light" leftSection={<Icon path={icons.play} />} aria-pressed={isShown} onClick={toggle}>
        {words.editor.try}
      </Button>
    </ActionHint>
  )
}

function UndoRedo() {
  const canUndo = useDraft(draft => draft.canUndo)
  const canRedo = useDraft(draft => draft.canRedo)
  const undo = useDraft(draft => draft.undo)
  const redo = useDraft(draft => draft.redo)
  return (
    <>
      <ActionHint name="undo" label={words.editor.undo}>
        <ActionIcon aria-label={words.editor.undo} disabled={!canUndo} onClick={undo}>
          <Icon path={icons.undo} />
        </ActionIcon>
      </ActionHint>
      <ActionHint name="redo" label={words.editor.redo}>
        <ActionIcon aria-label={words.editor.redo} disabled={!canRedo} onClick={redo}>
          <Icon path={icons.redo} />
        </ActionIcon>
      </ActionHint>
    </>
  )
}

function ViewLabel({ view }: { readonly view: EditorViewName }) {
  const icon = { draw: icons.flows, versions: icons.versions, live: icons.live }[view]
  return (
    <>
      <Icon path={icon} />
      <span className={classes.viewText}>{words.editor.views[view]}</span>
    </>
  )
}

function viewActions(id: string, navigate: (path: string) => void): readonly Action[] {
  return [
    { name: 'go_to_flows', group: 'go', label: words.editor.flows, icon: icons.flows, run: () => navigate('/flows') },
    { name: 'view_draw', group: 'view', label: words.editor.views.draw, icon: icons.flows, run: () => navigate(`/flows/${id}`) },
    { name: 'view_versions', group: 'view', label: words.editor.views.versions, icon: icons.versions, run: () => navigate(`/flows/${id}/versions`) },
    { name: 'view_live', group: 'view', label: words.editor.views.live, icon: icons.live, run: () => navigate(`/flows/${id}/live`) },
    {
      name: 'try',
      group: 'flow',
      label: words.editor.try,
      icon: icons.play,
      keys: ['T'],
      run: () => {
        usePanels.getState().write()
        navigate(`/flows/${id}`)
      },
    },
  ]
}
