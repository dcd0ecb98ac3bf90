/** Flows to begin with, as cards; one press makes a flow of it and opens it. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { flowsApi } from '../api.ts'
import { words } from '../words/en.ts'
import classes from './Templates.module.css'
import { Thumbnail } from './Thumbnail.tsx'
import { useFlowDeeds } from './use-flows.ts'

/** A row of cards. */
export function Templates() {
  const { data = [] } = useQuery({ queryKey: ['templates'], queryFn: ({ signal }) => flowsApi.templates(signal), staleTime: Number.POSITIVE_INFINITY })
  const deeds = useFlowDeeds()
  const [isBusy, setBusy] = useState(false)
  const begin = async (file: unknown) => {
    setBusy(true)
    // The contract says that it is an object.
    await deeds.createFrom(file as Readonly<Record<string, unknown>>)
    setBusy(false)
  }
  return (
    <ul className={classes.templates}>
      {data.map(template => (
        <li key={template.id}>
          <button type="button" className={classes.template} disabled={isBusy} onClick={() => void begin(template.file)}>
            <span className={classes.picture}>
              <Thumbnail shape={template.shape} scale={1.83} />
            </span>
            <span className={classes.about}>
              <span className={classes.name} dir="auto">
                {template.name}
              </span>
              <span className={classes.note} dir="auto">
                {template.note}
              </span>
              <span className={classes.blocks}>{words.flows.blocksOf(template.blocks)}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
