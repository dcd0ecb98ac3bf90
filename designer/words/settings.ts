/** Words of the settings: users and API keys. */
import type { Role } from '../../server/api/contract.ts'

const roles: Readonly<Record<Role, { readonly name: string; readonly does: string }>> = {
  viewer: { name: 'Viewer', does: 'Reads flows, conversations and queues.' },
  editor: { name: 'Editor', does: 'Draws flows and tries them.' },
  publisher: { name: 'Publisher', does: 'Draws flows and sets them live.' },
  agent: { name: 'Agent', does: 'Answers customers.' },
  supervisor: { name: 'Supervisor', does: 'Answers customers, manages queues and looks after deliveries.' },
  administrator: { name: 'Administrator', does: 'May do everything, also users, connectors and keys.' },
}

export const settings = { roles } as const
