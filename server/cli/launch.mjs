#!/usr/bin/env node
// Plain JavaScript that old releases of Node can read: it says what is missing before anything newer is loaded.
const [major, minor] = process.versions.node.split('.').map(Number)
const isGood = (major === 20 && minor >= 19) || (major === 22 && minor >= 14) || major >= 24
if (isGood) {
  import('./cli.mjs')
} else {
  process.stderr.write(`parley: Parley needs Node 20.19, 22.14 or 24 and later; this is Node ${process.versions.node}. Install a newer one from nodejs.org.\n`)
  process.exitCode = 1
}
