/**
 * The widget: `<script src="https://host/chat/{connector}/widget.js" async></script>` adds a round button and a panel with
 * the chat page. One classic script without imports; it leaves nothing in the site's own names and styles.
 * `data-theme`, `data-start` (a payload for the flow's start) and `data-label` of the script tag are read.
 */
;(() => {
  const script = document.currentScript
  if (!(script instanceof HTMLScriptElement)) return
  const base = script.src.replace(/\/widget\.js(\?.*)?$/, '')
  const host = new URL(base).origin
  const connector = base.split('/').at(-1) ?? ''
  const known = `parley.widget.${connector}`

  const STYLE = `
    :host { all: initial; }
    button { all: unset; box-sizing: border-box; position: fixed; right: 20px; bottom: 20px; width: 60px; height: 60px; border-radius: 50%; z-index: 2147483000;
      display: grid; place-items: center; cursor: pointer; background: var(--bubble); color: #FFFFFF; box-shadow: 0 6px 18px -6px #2A241480, 0 2px 5px #2A241430; }
    button:focus-visible { outline: 3px solid #FFFFFF; box-shadow: 0 0 0 6px #1E1C18; }
    svg { width: 28px; height: 28px; fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
    .badge { position: absolute; top: -2px; right: -2px; min-width: 22px; height: 22px; padding: 0 6px; box-sizing: border-box; border-radius: 11px;
      background: #BC2F2A; color: #FFFFFF; font: 600 13px/22px system-ui, sans-serif; text-align: center; box-shadow: 0 0 0 2px #FFFFFF; }
    iframe { position: fixed; right: 20px; bottom: 92px; width: 400px; height: min(680px, calc(100dvh - 112px)); border: 0; border-radius: 16px; z-index: 2147483000;
      background: #FAF9F7; box-shadow: 0 0 0 1px #2A24141F, 0 18px 44px -12px #2A241466, 0 4px 12px #2A24141A; color-scheme: normal; }
    iframe:focus-visible { outline: none; }
    [hidden] { display: none; }
    @media (max-width: 480px) { iframe { inset: 0; width: 100%; height: 100dvh; border-radius: 0; } .open { display: none; } }
    @media print { :host { display: none; } }
    @media (prefers-reduced-motion: no-preference) { iframe { transition: opacity 180ms, transform 180ms; } iframe.entering { opacity: 0; transform: translateY(8px); } }
  `
  const CHAT = 'M3 4.5a1.5 1.5 0 0 1 1.5-1.5h7A1.5 1.5 0 0 1 13 4.5v5a1.5 1.5 0 0 1-1.5 1.5H7l-3 2.5V11A1.5 1.5 0 0 1 3 9.5z'
  const CLOSE = 'M4 6.5l4 4 4-4'

  interface Config {
    readonly title: string
    readonly bubble?: string
    readonly embeddable: boolean
  }

  const build = (config: Config) => {
    const root = document.createElement('div')
    const shadow = root.attachShadow({ mode: 'open' })
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(STYLE)
    // A sheet of our own: a site that forbids inline styles allows it, and none of the site's styles reach in.
    shadow.adoptedStyleSheets = [sheet]
    root.style.setProperty('--bubble', config.bubble ?? '#0B6B78')
    const button = document.createElement('button')
    button.type = 'button'
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
    svg.setAttribute('viewBox', '0 0 16 16')
    svg.setAttribute('aria-hidden', 'true')
    svg.append(path)
    const badge = document.createElement('span')
    badge.className = 'badge'
    button.append(svg, badge)
    shadow.append(button)
    document.body.append(root)

    let frame: HTMLIFrameElement | undefined
    let isOpen = false
    let isReady = false
    let unread = 0
    const say = () => isReady && frame?.contentWindow?.postMessage({ from: 'parley', type: isOpen ? 'opened' : 'closed' }, host)
    const draw = () => {
      path.setAttribute('d', isOpen ? CLOSE : CHAT)
      button.classList.toggle('open', isOpen)
      button.setAttribute('aria-expanded', String(isOpen))
      badge.hidden = isOpen || unread === 0
      badge.textContent = unread > 99 ? '99+' : String(unread)
      const label = script.dataset.label ?? config.title
      button.setAttribute('aria-label', isOpen ? `Close ${label}` : unread > 0 ? `${label}, ${unread} unread` : label)
      if (frame) frame.hidden = !isOpen
    }
    const addFrame = () => {
      frame = document.createElement('iframe')
      const { theme, start } = script.dataset
      const query = new URLSearchParams({ embed: '1', ...(theme ? { theme } : {}), ...(start ? { start } : {}) })
      frame.src = `${base}?${query}`
      frame.title = config.title
      frame.hidden = !isOpen
      shadow.insertBefore(frame, button)
    }
    const toggle = (next: boolean) => {
      isOpen = next
      if (isOpen) remember()
      if (isOpen && frame === undefined) addFrame()
      draw()
      if (frame && isOpen) {
        frame.classList.add('entering')
        requestAnimationFrame(() => requestAnimationFrame(() => frame?.classList.remove('entering')))
        frame.focus()
      } else button.focus()
      say()
    }
    button.addEventListener('click', () => toggle(!isOpen))
    root.addEventListener('keydown', event => {
      if (event.key === 'Escape' && isOpen) toggle(false)
    })
    window.addEventListener('message', event => {
      if (event.origin !== host || event.source !== frame?.contentWindow || event.data?.from !== 'parley') return
      if (event.data.type === 'close' && isOpen) toggle(false)
      if (event.data.type === 'unread') unread = Number(event.data.count) || 0
      if (event.data.type === 'ready') {
        isReady = true
        say()
      }
      draw()
    })
    draw()
    // Somebody who chatted before sees the badge on every page of the site; everybody else loads nothing.
    if (isRemembered()) addFrame()
  }

  const remember = () => {
    try {
      localStorage.setItem(known, '1')
    } catch {
      // Without storage the badge waits for the next opening.
    }
  }
  const isRemembered = (): boolean => {
    try {
      return localStorage.getItem(known) === '1'
    } catch {
      return false
    }
  }
  const whenReady = (run: () => void) => (document.body ? run() : document.addEventListener('DOMContentLoaded', run))

  fetch(`${base}/config.json`, { credentials: 'omit' })
    .then(response => (response.ok ? response.json() : Promise.reject(new Error(`status ${response.status}`))))
    .then((config: Config) => {
      if (config.embeddable) whenReady(() => build(config))
      else console.warn(`Parley: ${location.origin} may not show this chat. Add it to the allowed origins of the connector “${connector}”.`)
    })
    .catch(error => console.warn('Parley: the chat cannot be loaded.', error))
})()
