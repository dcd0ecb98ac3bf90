import type { ReactNode } from 'react'
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

/** A part that is needed rarely; closed until it is opened. */
export function Fold({ title, open = false, children }: { readonly title: string; readonly open?: boolean; readonly children: ReactNode }): ReactNode {
  return (
    <details className="form-fold" open={open}>
      <summary>
        <Icon path={icons.chevronRight} size={13} />
        {title}
      </summary>
      <div className="form-fold-body">{children}</div>
    </details>
  )
}
