/** The invariants of ownership (rule 23), looked up in the rows: whoever owns a conversation can also go on with it. */
import type Database from 'better-sqlite3'
import type { Conversation } from '../../../server/engine/index.ts'

interface Row {
  readonly id: string
  readonly state: string
  readonly live_flow: string | null
  readonly listed_owner: string | null
  readonly place: string | null
  readonly place_status: string | null
  readonly timers: string
  readonly pending: number
}

/** A sentence for each conversation that nobody would ever continue. */
export function findOrphans(db: Database.Database): readonly string[] {
  const rows = db.prepare<[], Row>(`
    select c.id, c.state,
      (select v.file from versions v where v.flow = c.state ->> '$.session.flow' and v.version = c.state ->> '$.session.version') as live_flow,
      (select owner from conversations where id = c.id || '-' || (c.state ->> '$.number')) as listed_owner,
      (select queue from queue_places where contact = c.id) as place,
      (select status from queue_places where contact = c.id) as place_status,
      (select json_group_array(json_object('name', name, 'wait', wait, 'slot', slot, 'due_at', due_at, 'after', after_delivery)) from timers where contact = c.id) as timers,
      (select count(*) from deliveries where contact = c.id and status = 'queued') as pending
    from contacts c`)
  return rows.all().flatMap(row => reasonsOf(row).map(reason => `contact ${row.id}: ${reason}`))
}

interface TimerFacts {
  readonly name: string
  readonly wait: number
  readonly slot: number
  readonly due_at: number | null
  readonly after: number | null
}

function reasonsOf(row: Row): readonly string[] {
  // The state is what the engine wrote.
  const conversation = JSON.parse(row.state) as Omit<Conversation, 'contact'>
  const timers = JSON.parse(row.timers) as readonly TimerFacts[]
  const { owner, session, queue } = conversation
  const reasons: string[] = []
  const unless = (isFine: boolean, reason: string) => {
    if (!isFine) reasons.push(reason)
  }
  unless(row.listed_owner === owner, `is listed with owner ${row.listed_owner} and owned by ${owner}`)
  if (owner === 'flow' || session) {
    unless(session !== null, 'is owned by a flow without a session')
    const blocks = row.live_flow === null ? {} : (JSON.parse(row.live_flow) as { blocks: object }).blocks
    unless(session !== null && session.at in blocks, `waits at ${session?.at}, which its version does not have`)
  }
  for (const name of session?.timers ?? []) {
    const timer = timers.find(candidate => candidate.name === name && candidate.slot === 0)
    unless(timer !== undefined && timer.wait === session?.wait, `counts on a timer "${name}" that is not there`)
    unless(timer === undefined || timer.due_at !== null || row.pending > 0, `has a timer "${name}" that nothing starts`)
  }
  if (session?.mode === 'time') unless(session.timers?.includes('wait') === true, 'waits for a time that never comes')
  if (owner === 'queue') {
    unless(queue !== undefined, 'is owned by a queue and knows none')
    unless(row.place === queue?.slug, `waits in ${queue?.slug}, and its place is in ${row.place}`)
    unless(row.place_status === 'waiting', `its place is still ${row.place_status}`)
    unless(queue?.forced === true || session !== null, 'waits in a queue for a block that is gone')
  } else unless(row.place === null || queue?.served === true, `has a place in ${row.place} and is owned by ${owner}`)
  if (owner === 'agent') unless(conversation.agent !== undefined, 'is owned by an agent without a name')
  if (owner === 'nobody') {
    unless(session === null, 'is closed with a session')
    unless(timers.length === 0, 'is closed with timers')
  }
  return reasons
}
