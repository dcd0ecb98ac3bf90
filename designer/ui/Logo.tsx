/** The mark of Parley: a speech bubble with a connection in it. */

/** Decoration: the name stands beside it. */
export function Logo({ size = 24 }: { readonly size?: number }) {
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" focusable="false" style={{ flex: 'none', display: 'block' }}>
      <path d="M5 3h9.5A6.5 6.5 0 0 1 21 9.5 6.5 6.5 0 0 1 14.5 16H12l-5.5 5v-5H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z" fill="var(--accent)" />
      <path d="M8.5 9.5h6" stroke="var(--on-accent)" strokeWidth="2" strokeLinecap="round" />
      <circle cx="8.5" cy="9.5" r="2.1" fill="var(--on-accent)" />
      <circle cx="15" cy="9.5" r="1.2" fill="var(--accent)" stroke="var(--on-accent)" strokeWidth="1.6" />
    </svg>
  )
}
