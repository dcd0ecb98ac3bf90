/** Asks the vendor whether the account works, and says its answer check by check. */
import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { ConnectorAnswer } from '../../server/api/contract.ts'
import { connectorsApi } from '../api.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { words } from '../words/en.ts'
import { Answer } from './Answer.tsx'
import classes from './Connectors.module.css'

/** Also of a connector that is switched off. */
export function TestCard({ connector }: { readonly connector: ConnectorAnswer }) {
  const test = useMutation({ mutationFn: () => connectorsApi.test(connector.id) })
  const { connectors: say } = words
  return (
    <section className={classes.card} aria-labelledby="connector-test">
      <h3 id="connector-test">{say.testTitle}</h3>
      <Button className={classes.testing ?? ''} leftSection={<Icon path={icons.bolt} />} disabled={test.isPending} onClick={() => test.mutate()}>
        {test.isPending ? say.testing : say.test}
      </Button>
      <div role="status">
        {test.error && <Answer ok={false} title={test.error.message} />}
        {test.data?.checks.map(({ name, ok, message, hint }) => (
          <Answer key={name} ok={ok} title={message} {...(hint === undefined ? {} : { hint })} />
        ))}
      </div>
    </section>
  )
}
