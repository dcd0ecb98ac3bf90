/** What a stored user may do. */
import type { StoredUser } from '../../store/index.ts'
import { type Role, roleOf, scopesOfRole } from '../roles.ts'
import type { Scope } from '../route.ts'

/** The role; a name that this release does not know can do the least. */
export function roleOfUser(user: Pick<StoredUser, 'role'>): Role {
  return roleOf(user.role) ?? 'viewer'
}

/** The scopes of the role. */
export function scopesOfUser(user: Pick<StoredUser, 'role'>): readonly Scope[] {
  return scopesOfRole(roleOfUser(user))
}
