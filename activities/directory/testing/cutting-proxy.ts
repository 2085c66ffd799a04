/**
 * A TCP proxy in front of a directory that cuts at one piece of what the client sends: before it is passed on, or after, so
 * that the server does what was asked and its answer is lost (security.md R4, KILL1).
 */
import { connect, createServer, type Server, type Socket } from 'node:net'

/** Where to cut. `piece`: the n-th piece of all connections together, from 1; 0: never. */
export type Cut = { readonly piece: number; readonly when: 'before' | 'after' }

/** A running proxy. */
export type CuttingProxy = {
  readonly port: number
  /** Counts from here. */
  cutAt(cut: Cut): void
  /** Pieces since `cutAt`. */
  pieces(): number
  close(): Promise<void>
}

/** So long the server has to do what was passed on before the connection is gone. */
const graceMs = 150

/** Starts a proxy to a port of this machine. */
export const startCuttingProxy = async (target: number): Promise<CuttingProxy> => {
  let [cut, count]: [Cut, number] = [{ piece: 0, when: 'before' }, 0]
  const open = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect({ host: '127.0.0.1', port: target })
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        open.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    let isMute = false
    upstream.on('data', (data) => {
      if (!isMute) client.write(data)
    })
    client.on('data', (data) => {
      count += 1
      if (count !== cut.piece) {
        upstream.write(data)
        return
      }
      isMute = true
      if (cut.when === 'before') upstream.destroy()
      else upstream.write(data, () => setTimeout(() => upstream.destroy(), graceMs))
    })
  })
  await listening(server)
  return {
    port: (server.address() as { port: number }).port,
    cutAt: (next) => {
      cut = next
      count = 0
    },
    pieces: () => count,
    close: async () => {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const listening = (server: Server): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
