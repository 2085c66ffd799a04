/**
 * `memory` (docs/performance.md): what the product keeps in memory after a minute without work, engines apart. RSS is
 * what a process holds, pages shared with others included; PSS divides those among who shares them.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { memoryOf, type Memory } from '../lib/cpu.ts'
import { atMost, circumstances, rounded, type Report } from '../lib/report.ts'
import { familyOf, makeDataFolder, startStack } from '../lib/stack.ts'

const idleMs = 60_000

/** Our own processes by what their command line holds; whatever else belongs to the stack is an engine. */
const ours: Readonly<Record<string, RegExp>> = {
  worker: /dist\/server\/worker\.js/,
  api: /dist\/server\/api\.js/,
  start: /platform\/embedded\/start\.ts/,
  'compiler of start': /esbuild --service/,
}

const nameOf = (command: string): string =>
  Object.entries(ours).find(([, pattern]) => pattern.test(command))?.[0] ?? 'engine'

type Named = { readonly name: string; readonly memory: Memory }

const sum = (processes: readonly Named[], names: readonly string[], kind: keyof Memory): number =>
  rounded(
    processes.filter(({ name }) => names.includes(name)).reduce((all, { memory }) => all + memory[kind], 0),
  )

const measure = async (): Promise<Named[]> => {
  const data = makeDataFolder()
  try {
    const stack = await startStack(data.path)
    try {
      await pause(idleMs)
      return familyOf(stack.pid).map(({ pid, command }) => ({ name: nameOf(command), memory: memoryOf(pid) }))
    } finally {
      await stack.stop()
    }
  } finally {
    data.remove()
  }
}

/** Runs the bench. */
export const run = async (): Promise<Report> => {
  const processes = await measure()
  return {
    name: 'memory',
    goals: [
      atMost('API and worker, resident MB', sum(processes, ['api', 'worker'], 'rss'), 300),
      atMost('all our own processes, resident MB', sum(processes, Object.keys(ours), 'rss'), 450),
    ],
    rounds: 1,
    ...circumstances(),
    settings: { idleSeconds: idleMs / 1000 },
    pss: {
      apiAndWorker: sum(processes, ['api', 'worker'], 'pss'),
      all: sum(processes, Object.keys(ours), 'pss'),
    },
    processes: processes.filter(({ name }) => name !== 'engine'),
    engines: processes.filter(({ name }) => name === 'engine').length,
  }
}
