/** Where a web chat is: its own page, and the line that brings it to a site. */
import { Button } from '@mantine/core'
import type { ConnectorAnswer } from '../../server/api/contract.ts'
import { CopyField } from '../ui/CopyField.tsx'
import { channelIcon } from '../ui/channels.ts'
import { Icon } from '../ui/Icon.tsx'
import { words } from '../words/en.ts'
import classes from './Connectors.module.css'

/** A chat that is switched off has no page to open. */
export function ChatPageCard({ connector, url }: { readonly connector: ConnectorAnswer; readonly url: string }) {
  const { connectors: say } = words
  return (
    <section className={classes.card} aria-labelledby="connector-page">
      <h3 id="connector-page">{say.page}</h3>
      <div className={classes.stack}>
        <CopyField label={say.pageLead} value={url} />
        {connector.enabled && (
          <div>
            <Button component="a" href={url} target="_blank" rel="noreferrer" leftSection={<Icon path={channelIcon('webchat')} />}>
              {say.open}
            </Button>
          </div>
        )}
        <CopyField label={say.siteCode} help={say.siteLead} value={`<script src="${url}/widget.js" async></script>`} />
      </div>
    </section>
  )
}
