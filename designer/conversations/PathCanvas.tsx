/** The path of a real conversation, lit on the canvas of its version. */
import { useEffect, useMemo } from 'react'
import type { ConversationDetail } from '../../server/api/contract.ts'
import { useCanvas } from '../canvas/index.ts'
import { Loading } from '../shell/Loading.tsx'
import { ShownFlow, useVersion } from '../shown/index.ts'
import { NO_RUN, showRun } from '../simulator/run.ts'
import { conversations as words } from '../words/conversations.ts'
import classes from './Conversation.module.css'
import { litPath, readPath } from './path.ts'
import { usePointing } from './pointing.ts'

/** Follows the conversation while it goes on. */
export function PathCanvas({ conversation }: { readonly conversation: ConversationDetail }) {
  const { flow, version, trace, session } = conversation
  const shown = useVersion(flow, version)
  const lit = useMemo(() => litPath(readPath(trace), session, sayWaiting), [trace, session])
  useEffect(() => showRun(lit), [lit])
  useEffect(() => () => showRun(NO_RUN), [])
  if (flow === null || version === null || shown.isError) {
    return (
      <div className={classes.unknown}>
        <h3>{words.noCanvas}</h3>
        <p>{shown.error?.message ?? words.noCanvasHint}</p>
      </div>
    )
  }
  if (!shown.data) return <Loading />
  return (
    <section className={classes.canvas} aria-label={words.canvas}>
      <ShownFlow key={`${flow} ${version}`} flow={shown.data}>
        <Point />
      </ShownFlow>
    </section>
  )
}

function sayWaiting(waitsFor: string): string {
  return waitsFor === 'time' || waitsFor === 'queue' || waitsFor === 'answer' ? words.waitsFor[waitsFor] : words.waitsFor.message
}

function Point() {
  const wanted = usePointing(state => state.wanted)
  const tools = useCanvas(state => state.tools)
  useEffect(() => {
    if (wanted) tools?.goTo(wanted.block)
  }, [wanted, tools])
  useEffect(() => () => usePointing.setState({ wanted: undefined }), [])
  return null
}
