/**
 * A TCP proxy in front of a directory that cuts at one piece of what the client sends: before it is passed on, or after, so
 * that the server does what was asked and its answer is lost (R4, KILL1).
 */
import { randomBytes } from 'node:crypto'
import { connect, createServer, type Server, type Socket } from 'node:net'

/**
 * The fault at a piece. `before`: it is not passed on · all others pass it on, and then — `after`: both ends are closed
 * · `reset`: the client's end is torn down · `stall`: nothing comes back, and nothing is closed · `drip`: what comes
 * back does so by one byte a second · `garbage`: bytes that mean nothing come back
 */
export const faultKinds = ['before', 'after', 'reset', 'garbage', 'stall', 'drip'] as const
export type FaultKind = (typeof faultKinds)[number]

/** Where to cut. `piece`: the n-th piece of all connections together, from 1; 0: never. */
export type Cut = { readonly piece: number; readonly when: FaultKind }

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
    let dripping: Buffer | null = null
    upstream.on('data', (data) => {
      if (dripping !== null) dripping = Buffer.concat([dripping, data])
      else if (!isMute) client.write(data)
    })
    const drip = (): void => {
      dripping = Buffer.alloc(0)
      const timer = setInterval(() => {
        if (dripping === null || dripping.length === 0) return
        client.write(dripping.subarray(0, 1))
        dripping = dripping.subarray(1)
      }, 1_000)
      client.on('close', () => {
        clearInterval(timer)
      })
    }
    const follow = {
      after: () => setTimeout(() => upstream.destroy(), graceMs),
      reset: () => setTimeout(() => client.resetAndDestroy(), graceMs),
      garbage: () => client.write(randomBytes(64)),
      stall: () => undefined,
      drip,
    } as const
    client.on('data', (data) => {
      count += 1
      if (count !== cut.piece) {
        upstream.write(data)
        return
      }
      isMute = true
      const { when } = cut
      if (when === 'before') upstream.destroy()
      else upstream.write(data, () => void follow[when]())
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
