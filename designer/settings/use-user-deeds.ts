/** What an administrator can do to a user; a refusal is said, and the list is read anew. */
import { useQueryClient } from '@tanstack/react-query'
import type { UserAnswer, UserChange } from '../../server/api/contract.ts'
import { usersApi } from '../api.ts'
import { toast, toastRefusal } from '../ui/toast.ts'
import { words } from '../words/en.ts'
import type { ShownLink } from './LinkDialog.tsx'

/** Every one answers whether it worked. */
export function useUserDeeds() {
  const queries = useQueryClient()
  const attempt = async <T>(deed: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await deed()
    } catch (error) {
      toastRefusal(error)
      return undefined
    } finally {
      await queries.invalidateQueries({ queryKey: ['users'] })
    }
  }
  const change = (user: UserAnswer, what: UserChange) => attempt(() => usersApi.change(user.id, what))
  return {
    change,
    shutOut: async (user: UserAnswer) => {
      const { users: say } = words.settings
      if (await change(user, { active: false })) toast(say.shutOutToast(user.name), { label: say.undo, run: () => void change(user, { active: true }) })
    },
    remove: (user: UserAnswer) => attempt(() => usersApi.remove(user.id)),
    newLink: (user: UserAnswer): Promise<ShownLink | undefined> => attempt(async () => ({ name: user.name, url: (await usersApi.makeLink(user.id)).url })),
  }
}
