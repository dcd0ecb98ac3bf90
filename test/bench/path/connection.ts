/** A keep-alive connection that posts updates with as little work as possible: whatever the load costs, all systems pay for it. */
import { connect, type Socket } from 'node:net'

/** Posts one body after the other. */
export interface Connection {
  /** Resolves with the status of the answer. */
  post(body: string): Promise<number>
  close(): void
}

/** Opens a connection. Rejects when nobody listens. */
export async function openConnection(port: number, path: string, secret: string): Promise<Connection> {
  const socket = await dial(port)
  const head = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nconnection: keep-alive\r\ncontent-type: application/json\r\nx-telegram-bot-api-secret-token: ${secret}\r\ncontent-length: `
  let waiting: { resolve: (status: number) => void; reject: (error: Error) => void } | undefined
  let received = ''
  const fail = (error: Error) => {
    waiting?.reject(error)
    waiting = undefined
  }
  socket.on('data', chunk => {
    received += chunk.toString('latin1')
    const end = received.indexOf('\r\n\r\n')
    if (end < 0) return
    const length = /\r\ncontent-length: (\d+)/i.exec(received.slice(0, end))?.[1]
    if (length === undefined) return fail(new Error(`An answer without a length: ${received}`))
    if (received.length < end + 4 + Number(length)) return
    const status = Number(received.slice(9, 12))
    received = ''
    const answered = waiting
    waiting = undefined
    answered?.resolve(status)
  })
  socket.on('error', fail)
  socket.on('close', () => fail(new Error('The connection was closed.')))
  return {
    post: body =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        socket.write(`${head}${Buffer.byteLength(body)}\r\n\r\n${body}`)
      }),
    close: () => socket.destroy(),
  }
}

function dial(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    socket.once('connect', () => resolve(socket))
    socket.once('error', reject)
  })
}
