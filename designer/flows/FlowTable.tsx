/** The flows as a table: how they look, what is live, who uses them, what changed last. */
import { Link } from 'wouter'
import type { FlowSummary } from '../../server/api/contract.ts'
import { channelIcon } from '../ui/channels.ts'
import { Icon } from '../ui/Icon.tsx'
import { sayExactly, sayWhen } from '../ui/when.ts'
import { words } from '../words/en.ts'
import { FlowMenu } from './FlowMenu.tsx'
import classes from './FlowTable.module.css'
import { Thumbnail } from './Thumbnail.tsx'
import { useChannelsOfFlows, useChannelTitles } from './use-flows.ts'

/** One row a flow; the whole row opens it. */
export function FlowTable({ flows, mayWrite }: { readonly flows: readonly FlowSummary[]; readonly mayWrite: boolean }) {
  const channels = useChannelsOfFlows()
  const titles = useChannelTitles()
  const now = Date.now()
  const { columns } = words.flows
  return (
    <div className={classes.card}>
      <table className={classes.table}>
        <thead>
          <tr>
            <td className={classes.picture} />
            <th scope="col">
              <span className={classes.unseen}>{columns.name}</span>
            </th>
            <th scope="col">{columns.live}</th>
            <th scope="col" className={classes.optional}>
              {columns.connectors}
            </th>
            <th scope="col" className={classes.number}>
              {columns.blocks}
            </th>
            <th scope="col" className={classes.optional}>
              {columns.lastChange}
            </th>
            <th scope="col">
              <span className={classes.unseen}>{columns.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {flows.map(flow => (
            <tr key={flow.id}>
              <td className={classes.picture}>
                <Thumbnail shape={flow.shape} />
              </td>
              <th scope="row" className={classes.about}>
                <Link href={`/flows/${flow.id}`} className={classes.name} dir="auto" onPointerEnter={preloadEditor} onFocus={preloadEditor}>
                  {flow.name}
                </Link>
                {flow.note !== '' && (
                  <span className={classes.note} dir="auto">
                    {flow.note}
                  </span>
                )}
              </th>
              <td className={classes.live}>
                <Live flow={flow} />
              </td>
              <td className={classes.optional}>
                <Channels channels={channels.get(flow.id) ?? []} titles={titles} />
              </td>
              <td className={classes.number}>{flow.blocks}</td>
              <td className={classes.optional}>
                <time dateTime={new Date(flow.draft.updated_at).toISOString()} title={sayExactly(flow.draft.updated_at)} className={classes.when}>
                  {sayWhen(flow.draft.updated_at, now)}
                </time>
              </td>
              <td className={classes.menu}>
                <FlowMenu flow={flow} mayWrite={mayWrite} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The editor is most of the program; it comes while the pointer is on its way. */
function preloadEditor(): void {
  // What cannot be loaded now is said when the flow is opened.
  void import('../editor/index.ts').then(({ preloadParts }) => preloadParts()).catch(() => {})
}

function Live({ flow }: { readonly flow: FlowSummary }) {
  const detail =
    flow.errors > 0 ? words.flows.errors(flow.errors) : flow.changed ? words.flows.draftChanged : flow.warnings > 0 ? words.flows.warnings(flow.warnings) : ''
  return (
    <>
      <span className={classes.version} data-live={flow.live !== null}>
        {flow.live ? words.flows.version(flow.live.version) : words.flows.draftOnly}
      </span>
      {detail !== '' && (
        <span className={classes.detail} data-error={flow.errors > 0 || undefined}>
          {detail}
        </span>
      )}
    </>
  )
}

function Channels({ channels, titles }: { readonly channels: readonly string[]; readonly titles: ReadonlyMap<string, string> }) {
  return (
    <span className={classes.channels}>
      {channels.map(channel => (
        <span key={channel} className={classes.channel} title={titles.get(channel) ?? channel}>
          <Icon path={channelIcon(channel)} size={14} />
          <span className={classes.unseen}>{titles.get(channel) ?? channel}</span>
        </span>
      ))}
    </span>
  )
}
