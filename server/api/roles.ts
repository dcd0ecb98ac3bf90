/** Roles of people who sign in: each is a set of the scopes that keys have too. */
import type { Scope } from './route.ts'

/** Every role, from the least to the most. */
export const ROLES = ['viewer', 'editor', 'publisher', 'agent', 'supervisor', 'administrator'] as const
/** What somebody is here. */
export type Role = (typeof ROLES)[number]

const READ: readonly Scope[] = ['flows:read', 'channels:read', 'connectors:read', 'conversations:read', 'queues:read', 'deliveries:read']

const SCOPES_OF: Readonly<Record<Role, readonly Scope[]>> = {
  viewer: READ,
  editor: [...READ, 'flows:write'],
  publisher: [...READ, 'flows:write', 'flows:publish'],
  agent: ['flows:read', 'channels:read', 'conversations:read', 'conversations:write', 'queues:read'],
  supervisor: [...READ, 'conversations:write', 'queues:write', 'deliveries:write'],
  administrator: ['admin'],
}

/** What somebody of this role may do. */
export function scopesOfRole(role: Role): readonly Scope[] {
  return SCOPES_OF[role]
}

/** The role of this name; undefined for anything else. */
export function roleOf(name: string): Role | undefined {
  return ROLES.find(role => role === name)
}
