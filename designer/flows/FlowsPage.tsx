/** The list of flows. */
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { flowsApi } from '../api.ts'
import { words } from '../words/en.ts'

/** The page `/flows`. */
export function FlowsPage() {
  const { data = [] } = useQuery({ queryKey: ['flows'], queryFn: ({ signal }) => flowsApi.list(signal) })
  return (
    <>
      <h1>{words.shell.pages.flows}</h1>
      <ul>
        {data.map(flow => (
          <li key={flow.id}>
            <Link href={`/flows/${flow.id}`}>{flow.name}</Link>
          </li>
        ))}
      </ul>
    </>
  )
}
