/** Roles as a select offers them. */
import type { Role } from '../../server/api/contract.ts'
import { words } from '../words/en.ts'

/** From the least to the most. */
export const ROLE_CHOICES = (Object.keys(words.settings.roles) as Role[]).map(value => ({ value, label: words.settings.roles[value].name }))
