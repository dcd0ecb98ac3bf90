/** A real Chromium for tests: the first that is there. `TEST_BROWSER=off` leaves browser tests out, loudly. */
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright'
import { describe } from 'vitest'

const FLAGS = [
  // Containers and CI run as root, where Chromium refuses its sandbox. Tests only open our own pages.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const USUAL_PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** `describe` for tests that need a browser; skipped, and said so, with `TEST_BROWSER=off`. */
export const describeInBrowser = process.env.TEST_BROWSER === 'off' ? skipLoudly : describe

/** Launches the browser: `CHROME_PATH`, Playwright's own, one on this machine, or the one that npm brought (Linux x64). */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await findBrowser(), args: FLAGS })
}

async function findBrowser(): Promise<string> {
  const named = process.env.CHROME_PATH
  if (named) {
    if (existsSync(named)) return named
    throw new Error(`CHROME_PATH is ${named}, and nothing is there.`)
  }
  const own = chromium.executablePath()
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap(folder => NAMES.map(name => join(folder, name)))
  const found = [own, ...onPath, ...USUAL_PLACES].find(isProgram) ?? (await fromPackage())
  if (found === undefined) {
    throw new Error('No Chromium was found: install Chromium or Chrome, set CHROME_PATH to one, or leave these tests out with TEST_BROWSER=off.')
  }
  return found
}

async function fromPackage(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  try {
    const packaged = await import('@sparticuz/chromium')
    return await packaged.default.executablePath()
  } catch {
    // An optional package: it may have been left out.
    return undefined
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function skipLoudly(name: string, run: () => void): void {
  console.warn(`SKIPPED because of TEST_BROWSER=off: ${name}`)
  describe.skip(name, run)
}
