/** Going back to an older version, and what is said when the server refuses. */
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { flowsApi, Refusal } from '../api.ts'
import { versions as words } from '../words/versions.ts'
import { showToast } from './toast.tsx'
import { useRefreshVersions } from './use-versions.ts'

/** Goes back in one click; the way forward again is in the history. */
export function useRollBack(id: string): { rollBack(version: number): Promise<void>; readonly isRollingBack: boolean } {
  const [isRollingBack, setRollingBack] = useState(false)
  const refresh = useRefreshVersions(id)
  const rollBack = async (version: number) => {
    setRollingBack(true)
    try {
      const made = await flowsApi.rollBack(id, version)
      await refresh()
      showToast(words.rolledBack(made.version, version))
    } catch (error) {
      showFailure(error)
    } finally {
      setRollingBack(false)
    }
  }
  return { rollBack, isRollingBack }
}

/** A refusal in the server's own words; it stays until it is closed. */
export function showFailure(error: unknown): void {
  if (!(error instanceof Refusal)) throw error
  notifications.show({ title: words.failed, message: [error.message, error.hint].filter(text => text !== '').join(' '), color: 'red', autoClose: false })
}
