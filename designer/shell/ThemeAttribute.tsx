/** Keeps `data-theme`, which the tokens read, in step with Mantine's colour scheme. */
import { useComputedColorScheme } from '@mantine/core'
import { useLayoutEffect } from 'react'

/** Shows nothing. */
export function ThemeAttribute() {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = scheme
  }, [scheme])
  return null
}
