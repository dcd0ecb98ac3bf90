/** Where the vendor sends messages to, and telling it so. */
import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { ChannelAnswer, ConnectorAnswer } from '../../server/api/contract.ts'
import { connectorsApi, Refusal } from '../api.ts'
import { CopyField } from '../ui/CopyField.tsx'
import { words } from '../words/en.ts'
import { Answer } from './Answer.tsx'
import classes from './Connectors.module.css'

interface WebhookCardProps {
  readonly connector: ConnectorAnswer
  readonly channel: ChannelAnswer | undefined
  readonly mayWrite: boolean
}

/** An account that is asked for messages has no webhook. */
export function WebhookCard({ connector, channel, mayWrite }: WebhookCardProps) {
  const set = useMutation({ mutationFn: () => connectorsApi.setWebhook(connector.id) })
  const { connectors: say } = words
  const title = channel?.title ?? connector.channel
  const { settings } = connector
  const isPolling = typeof settings === 'object' && settings !== null && 'receive' in settings && settings.receive === 'polling'
  return (
    <section className={classes.card} aria-labelledby="connector-webhook">
      <h3 id="connector-webhook">{say.webhook}</h3>
      {isPolling ? (
        <p className={classes.quiet}>{say.polling}</p>
      ) : (
        <div className={classes.stack}>
          <CopyField label={say.sendsTo(title)} value={connector.webhook_url} />
          {mayWrite && (
            <div>
              <Button className={classes.testing ?? ''} disabled={set.isPending} onClick={() => set.mutate()}>
                {set.isPending ? say.setting : say.setWebhook}
              </Button>
            </div>
          )}
        </div>
      )}
      <div role="status">
        {set.error && <Answer ok={false} title={set.error.message} {...(set.error instanceof Refusal ? { hint: set.error.hint } : {})} />}
        {set.data && (
          <>
            <Answer ok title={say.webhookSet(title)} {...(set.data.pending ? { hint: say.webhookPending(set.data.pending) } : {})} />
            {set.data.next_step !== undefined && <Answer ok={false} title={set.data.next_step} />}
            {set.data.last_error !== undefined && <Answer ok={false} title={say.webhookError(set.data.last_error)} />}
          </>
        )}
      </div>
    </section>
  )
}
