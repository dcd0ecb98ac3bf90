import { type ReactNode, useState } from 'react'
import { Icon } from '../../ui/Icon.tsx'
import { icons } from '../../ui/icons.ts'
import { LanguageTabs } from './LanguageTabs.tsx'

interface SectionProps {
  readonly title: string
  /** The section holds texts: its head has the languages. */
  readonly texts?: boolean
  readonly end?: ReactNode
  readonly children: ReactNode
}

/** A part of a form. */
export function Section({ title, texts = false, end, children }: SectionProps): ReactNode {
  return (
    <section className="form-section" aria-label={title}>
      <div className="form-section-head">
        <h3>{title}</h3>
        {texts ? <LanguageTabs /> : end}
      </div>
      {children}
    </section>
  )
}

interface FoldProps {
  readonly title: string
  readonly open?: boolean
  /** The content is made when it is first opened. */
  readonly late?: boolean
  readonly children: ReactNode
}

/** A part that is needed rarely; closed until it is opened. */
export function Fold({ title, open = false, late = false, children }: FoldProps): ReactNode {
  const [wasOpened, setOpened] = useState(open || !late)
  return (
    <details className="form-fold" open={open} onToggle={event => event.currentTarget.open && setOpened(true)}>
      <summary>
        <Icon path={icons.chevronRight} size={13} />
        {title}
      </summary>
      <div className="form-fold-body">{wasOpened && children}</div>
    </details>
  )
}
