/** Tells the bench where a system listens. */
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Prints the address as one JSON line once the server listens. */
export function announce(server: Server): void {
  server.on('listening', () => {
    // A TCP server's address is never the text of a pipe.
    const { port } = server.address() as AddressInfo
    process.stdout.write(`${JSON.stringify({ port })}\n`)
  })
}
