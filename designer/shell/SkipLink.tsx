/** The first thing by keyboard: past everything that every page has. */
import classes from './Shell.module.css'

/** Leads into the page's `main`, whichever it is. */
export function SkipLink({ label }: { readonly label: string }) {
  return (
    // biome-ignore lint/a11y/useValidAnchor: it does lead to a place of this page; which one depends on what is shown
    <a
      className={classes.skip}
      href="#content"
      onClick={event => {
        event.preventDefault()
        const main = document.querySelector('main')
        if (!main) return
        main.tabIndex = -1
        main.focus()
      }}
    >
      {label}
    </a>
  )
}
