/**
 * `memory` (docs/performance.md): what the product keeps in memory after a minute without work, engines apart; once after a
 * first start, which seeds and carries the seed to analytics, and once after a later one. RSS is
 * what a process holds, pages shared with others included; PSS divides those among who shares them.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { memoryOf, type Memory } from '../lib/cpu.ts'
import { atMost, circumstances, rounded, type Goal, type Report } from '../lib/report.ts'
import { familyOf, makeDataFolder, startStack } from '../lib/stack.ts'

const idleMs = 60_000

/** Our own processes by what their command line holds; whatever else belongs to the stack is an engine. */
const ours: Readonly<Record<string, RegExp>> = {
  worker: /dist\/server\/worker\.js/,
  api: /dist\/server\/api\.js/,
  start: /dev\/stack\/start\.ts/,
  'compiler of start': /esbuild --service/,
}

const nameOf = (command: string): string =>
  Object.entries(ours).find(([, pattern]) => pattern.test(command))?.[0] ?? 'engine'

type Named = { readonly name: string; readonly memory: Memory }

const sum = (processes: readonly Named[], names: readonly string[], kind: keyof Memory): number =>
  rounded(
    processes.filter(({ name }) => names.includes(name)).reduce((all, { memory }) => all + memory[kind], 0),
  )

/** A start over a data folder, a minute of rest, and what there is then. */
const measure = async (dataFolder: string): Promise<Named[]> => {
  const stack = await startStack(dataFolder)
  try {
    await pause(idleMs)
    return familyOf(stack.pid).map(({ pid, command }) => ({ name: nameOf(command), memory: memoryOf(pid) }))
  } finally {
    await stack.stop()
  }
}

const measureBoth = async (): Promise<{ first: Named[]; later: Named[] }> => {
  const data = makeDataFolder()
  try {
    return { first: await measure(data.path), later: await measure(data.path) }
  } finally {
    data.remove()
  }
}

const servers = ['api', 'worker']
const all = Object.keys(ours)

const goalsOf = (start: string, processes: readonly Named[]): Goal[] => [
  atMost(`API and worker, ${start} start, resident MB`, sum(processes, servers, 'rss'), 600),
]

const detailsOf = (processes: readonly Named[]) => ({
  pss: { apiAndWorker: sum(processes, servers, 'pss'), all: sum(processes, all, 'pss') },
  processes: processes.filter(({ name }) => name !== 'engine'),
  engines: processes.filter(({ name }) => name === 'engine').length,
})

/** Runs the bench. */
export const run = async (): Promise<Report> => {
  const { first, later } = await measureBoth()
  return {
    name: 'memory',
    goals: [...goalsOf('first', first), ...goalsOf('later', later)],
    rounds: 1,
    ...circumstances(),
    settings: { idleSeconds: idleMs / 1000 },
    first: detailsOf(first),
    later: detailsOf(later),
  }
}
