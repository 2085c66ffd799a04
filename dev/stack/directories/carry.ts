/** Carries connections from a port of this machine to a Unix socket, for a server that has a network of its own. */
import { connect, createServer, type Socket } from 'node:net'

/** A port that leads to the socket. */
export type Carrier = {
  readonly port: number
  /** Ends it with every connection, whatever either end still has to say. */
  stop(): Promise<void>
}

/** Listens on any free port of loopback. @throws the system's error */
export const carry = (socket: string): Promise<Carrier> =>
  new Promise((resolve, reject) => {
    const open = new Set<Socket>()
    const server = createServer((client) => {
      open.add(client)
      client.once('close', () => open.delete(client))
      join(client, connect(socket))
    })
    const stop = (): Promise<void> =>
      new Promise((done) => {
        server.close(() => {
          done()
        })
        for (const client of open) client.destroy()
      })
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      resolve({ port, stop })
    })
  })

/**
 * Where one end is gone nobody reads what the other still sends, TLS's farewell for one: it would wait unread, and the
 * connection never close.
 */
const join = (client: Socket, inside: Socket): void => {
  client.pipe(inside).pipe(client)
  for (const [end, other] of [
    [client, inside],
    [inside, client],
  ] as const) {
    end.on('error', () => other.destroy())
    end.once('close', () => {
      other.destroySoon()
    })
  }
}
