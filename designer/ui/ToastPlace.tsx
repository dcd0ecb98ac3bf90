/** Where it is said what happened: at the bottom of the content, clear of what is marked with `data-keep-clear`. */
import { ActionIcon, Button } from '@mantine/core'
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { words } from '../words/en.ts'
import { Icon } from './Icon.tsx'
import { icons } from './icons.ts'
import classes from './ToastPlace.module.css'
import { type Toast, useToast } from './toast.ts'

/** How long it stays, unless somebody is at it. */
const TOAST_MS = 6000
/** Room around it, px. */
const AROUND = 16
const ABOVE_OTHERS = 10

/** Mounted once. The region is there before there is anything to say: only then do screen readers speak what comes into it. */
export function ToastPlace() {
  const toast = useToast(state => state.toast)
  const shown = toast && <Shown key={toast.number} toast={toast} />
  return (
    <>
      <div role="status">{toast?.isRefusal ? null : shown}</div>
      <div role="alert">{toast?.isRefusal ? shown : null}</div>
    </>
  )
}

function Shown({ toast: { text, isRefusal, action } }: { readonly toast: Toast }) {
  const [isHovered, setHovered] = useState(false)
  const [isFocused, setFocused] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const isHeld = isHovered || isFocused || isRefusal
  useEffect(() => {
    if (isHeld) return
    const timer = window.setTimeout(close, TOAST_MS)
    return () => window.clearTimeout(timer)
  }, [isHeld])
  usePlace(box)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only stays while somebody is at it
    <div
      ref={box}
      className={classes.toast}
      data-refusal={isRefusal || undefined}
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
    >
      <span>{text}</span>
      {action && (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => {
            close()
            action.run()
          }}
        >
          {action.label}
        </Button>
      )}
      <ActionIcon size={24} aria-label={words.shell.close} onClick={close}>
        <Icon path={icons.close} size={12} />
      </ActionIcon>
    </div>
  )
}

const close = () => useToast.setState({ toast: undefined })

/** In the middle of the content, above whatever must stay in sight; also when panels open beside it. */
function usePlace(box: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const toast = box.current
    if (!toast) return
    const content = document.getElementById('content') ?? document.body
    const place = () => {
      const { left, width, bottom } = content.getBoundingClientRect()
      toast.style.left = `${left + width / 2}px`
      toast.style.maxWidth = `${width - AROUND * 2}px`
      toast.style.bottom = `${Math.max(0, window.innerHeight - bottom) + AROUND}px`
      // From the lowest up: above one of them it may meet the next.
      for (const other of [...document.querySelectorAll('[data-keep-clear]')].map(element => element.getBoundingClientRect()).sort(fromBelow)) {
        const own = toast.getBoundingClientRect()
        const isMet = other.left < own.right && other.right > own.left && other.top < own.bottom && other.bottom > own.top
        if (isMet) toast.style.bottom = `${window.innerHeight - other.top + ABOVE_OTHERS}px`
      }
    }
    place()
    const watching = new ResizeObserver(place)
    watching.observe(content)
    return () => watching.disconnect()
  }, [box])
}

const fromBelow = (one: DOMRect, other: DOMRect) => other.top - one.top
