/** The sides as child processes, so that each side's processor time is its own. */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { cpuMs } from '../lib/cpu.ts'
import type { Servers } from '../lib/servers.ts'

/** Sides of the comparison: B1 naive, B2 our shape, the product. */
export type SideName = 'B1' | 'B2' | 'product'

/** A message to a child. */
export type Ask =
  | { readonly kind: 'prepare'; readonly flows: number }
  | { readonly kind: 'run'; readonly flows: number; readonly concurrency: number; readonly answers: number }
  | { readonly kind: 'end' }

type Ran = {
  readonly kind: 'ran'
  readonly wallMs: number
  readonly openMs: readonly number[]
  readonly codeMs: readonly number[]
}

/** A message from a child. */
export type Told = { readonly kind: 'ready' } | { readonly kind: 'prepared' } | Ran

/** One measured run of a side. */
export type Measured = {
  readonly cpuMsPerFlow: number
  readonly flowsPerSecond: number
  readonly openMs: readonly number[]
  readonly codeMs: readonly number[]
}

/** A running side. */
export type SideProcess = {
  readonly name: SideName
  measure(flows: number, concurrency: number, answers: number): Promise<Measured>
  end(): Promise<void>
}

/** Resolves with the child's next word. @throws when it ends instead */
const heard = async (child: ChildProcess): Promise<Told> => {
  const settled = new AbortController()
  const { signal } = settled
  try {
    return await Promise.race([
      once(child, 'message', { signal }).then(([told]) => told as Told),
      once(child, 'exit', { signal }).then(() => {
        throw new Error('a side ended by itself')
      }),
    ])
  } finally {
    // Whichever did not happen is listened for no longer.
    settled.abort()
  }
}

/** Starts a side. @throws when it cannot start */
export const startSide = async (name: SideName, servers: Servers): Promise<SideProcess> => {
  const script = fileURLToPath(new URL('./side-child.ts', import.meta.url))
  const child = fork(script, [name, JSON.stringify(servers)], { execArgv: ['--import', 'tsx'] })
  await heard(child)
  const ask = async (question: Ask): Promise<Told> => {
    const answer = heard(child)
    child.send(question)
    return answer
  }
  return {
    name,
    measure: async (flows, concurrency, answers) => {
      await ask({ kind: 'prepare', flows })
      const before = cpuMs(child.pid ?? 0)
      const told = await ask({ kind: 'run', flows, concurrency, answers })
      const cpu = cpuMs(child.pid ?? 0) - before
      if (told.kind !== 'ran') throw new Error('a side answered out of turn')
      const { wallMs, openMs, codeMs } = told
      return { cpuMsPerFlow: cpu / flows, flowsPerSecond: (flows * 1000) / wallMs, openMs, codeMs }
    },
    end: async () => {
      const ended = once(child, 'exit')
      child.send({ kind: 'end' })
      await ended
    },
  }
}
