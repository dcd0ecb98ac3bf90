import { SegmentedControl } from '@mantine/core'
import type { ReactNode } from 'react'
import { DurationSetting, LeadsOn, Section, TimeSetting, useFormScope, withValue } from '../../inspector/fields/index.ts'
import { words } from '../../words/en.ts'

/** A while, or until a time of day: never both. */
export function Form(): ReactNode {
  const { block, change, readOnly } = useFormScope()
  const kind = block.until !== undefined && block.for === undefined ? 'until' : 'for'
  const choose = (next: string) =>
    change(now =>
      next === 'until' ? withValue(withValue(now, '/for', undefined), '/until', '09:00') : withValue(withValue(now, '/until', undefined), '/for', '5 min'),
    )
  return (
    <>
      <Section title={words.inspector.content}>
        <SegmentedControl
          aria-label={words.inspector.wait.kind}
          fullWidth
          value={kind}
          disabled={readOnly}
          data={[
            { value: 'for', label: words.inspector.wait.for },
            { value: 'until', label: words.inspector.wait.until },
          ]}
          onChange={choose}
        />
        {kind === 'for' ? <DurationSetting at="/for" required placeholder="5 min" /> : <TimeSetting at="/until" />}
      </Section>
      <LeadsOn />
    </>
  )
}
