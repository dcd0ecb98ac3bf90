/** A flow as it will look, for the page without flows. */
import { words } from '../words/en.ts'
import classes from './EmptyFlows.module.css'

/** Decoration: the words below it say what to do. */
export function Drawing() {
  return (
    <div className={classes.drawing}>
      <svg viewBox="0 0 860 232" preserveAspectRatio="xMidYMin slice" fill="none" aria-hidden="true" focusable="false">
        <g stroke="var(--wire)" strokeWidth="1.75">
          <path d="M430 62V86" />
          <path d="M370 150V166Q370 172 364 172H246Q240 172 240 178V190" />
          <path d="M490 150V166Q490 172 496 172H614Q620 172 620 178V190" />
        </g>
        <g fill="var(--panel)" stroke="var(--edge)">
          <rect x="335.5" y="22.5" width="190" height="40" rx="20" />
          <rect x="310.5" y="86.5" width="240" height="64" rx="12" />
          <rect x="140.5" y="190.5" width="200" height="60" rx="12" />
          <rect x="520.5" y="190.5" width="200" height="60" rx="12" />
        </g>
        <g strokeLinecap="round" strokeLinejoin="round">
          <circle cx="357" cy="42.5" r="11" fill="var(--entries-soft)" />
          <path d="M354.5 38v9l6.5-4.5z" stroke="var(--entries)" strokeWidth="1.4" />
          <rect x="322" y="98" width="22" height="22" rx="7" fill="var(--talk-soft)" />
          <path d="M328 106h10M328 111h6" stroke="var(--talk)" strokeWidth="1.6" />
          <rect x="152" y="202" width="22" height="22" rx="7" fill="var(--act-soft)" />
          <circle cx="163" cy="213" r="5" stroke="var(--act)" strokeWidth="1.5" />
          <rect x="532" y="202" width="22" height="22" rx="7" fill="var(--people-soft)" />
          <circle cx="543" cy="213" r="5" stroke="var(--people)" strokeWidth="1.5" />
        </g>
        <path d="M310 126.5h240M430 126.5v24" stroke="var(--line)" />
        <circle cx="370" cy="151" r="4.5" fill="var(--wire)" />
        <circle cx="490" cy="151" r="4.5" fill="var(--wire)" />
        <g fontFamily="var(--sans)" fontSize="14" fontWeight="600" fill="var(--ink)">
          <text x="376" y="47">
            {words.drawing.starts}
          </text>
          <text x="353" y="114">
            {words.drawing.help}
          </text>
          <text x="183" y="218">
            {words.drawing.lookUp}
          </text>
          <text x="563" y="218">
            {words.drawing.team}
          </text>
          <g fontSize="12" fontWeight="500" fill="var(--ink-2)" textAnchor="middle">
            <text x="370" y="142">
              {words.drawing.order}
            </text>
            <text x="490" y="142">
              {words.drawing.other}
            </text>
          </g>
        </g>
      </svg>
    </div>
  )
}
