/** Ports of the development stack: all below 32768, where Temporal's own limits and ephemeral ports end. */
import { createServer } from 'node:net'

/** Distance of each part's port from the base. The base is 3700 unless `PORT_BASE` says otherwise. */
const OFFSETS = {
  console: 0,
  portal: 10,
  identityProvider: 20,
  inbox: 30,
  smtp: 31,
  twilio: 32,
  bounces: 33,
  pushes: 34,
  phones: 35,
  postgres: 40,
  clickhouse: 50,
  temporal: 60,
  temporalUi: 61,
  apiMetrics: 70,
  workerMetrics: 71,
} as const

const DEFAULT_BASE = 3700
const HIGHEST_BASE = 32_000

export type PortName = keyof typeof OFFSETS
export type Ports = Readonly<Record<PortName, number>>

/**
 * The port of each part.
 * @param base value of `PORT_BASE`, or undefined for 3700
 * @throws when the base is not a whole number from 1024 to 32000
 */
export function planPorts(base: string | undefined): Ports {
  const start = base === undefined || base === '' ? DEFAULT_BASE : Number(base)
  if (!Number.isInteger(start) || start < 1024 || start > HIGHEST_BASE) {
    throw new Error(`PORT_BASE must be a whole number from 1024 to ${String(HIGHEST_BASE)}.`)
  }
  const entries = Object.entries(OFFSETS).map(([name, offset]) => [name, start + offset] as const)
  return Object.fromEntries(entries) as Ports
}

/**
 * True if nothing listens on the port of this machine: neither on 127.0.0.1, where the parts listen, nor on ::1, which
 * a browser tries first for `localhost`.
 */
export async function isPortFree(port: number): Promise<boolean> {
  const [v4, v6] = await Promise.all([whyNot(port, '127.0.0.1'), whyNot(port, '::1')])
  return v4 === undefined && v6 !== 'EADDRINUSE'
}

/** The reason why a server cannot listen there; ::1 cannot be had where IPv6 is switched off, which is no trouble. */
function whyNot(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code ?? error.message)
    })
    server.listen({ port, host, exclusive: true }, () => {
      server.close(() => {
        resolve(undefined)
      })
    })
  })
}

/**
 * Refuses to continue when a port is taken.
 * @throws one sentence that names the ports, the parts and what to do
 */
export async function assertPortsFree(ports: Partial<Ports>): Promise<void> {
  const wanted = Object.entries(ports)
  const free = await Promise.all(wanted.map(([, port]) => isPortFree(port)))
  const taken = wanted.filter((_, index) => !free[index]).map(([name, port]) => `${String(port)} (${name})`)
  if (taken.length === 0) return
  const which = taken.length === 1 ? `Port ${taken.join()} is` : `Ports ${taken.join(', ')} are`
  throw new Error(
    `${which} in use by another program: end that program, or set PORT_BASE to another number (for example ` +
      'PORT_BASE=4700 npm start).',
  )
}

/** A free port between 20000 and 29999, for tests. */
export async function pickFreePort(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const port = 20_000 + Math.floor(Math.random() * 10_000)
    if (await isPortFree(port)) return port
  }
  throw new Error('No free port between 20000 and 29999 was found in 50 tries.')
}
