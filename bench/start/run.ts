/**
 * `start` (docs/performance.md): from `npm start` to "Countersign is ready", once on an empty data folder with nothing
 * built (what follows `npm ci`), and again on what that left behind. Downloads are apart: programs are there already.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { cpuMsWithEnded } from '../lib/cpu.ts'
import { atMost, circumstances, median, rounded, spread, type Report } from '../lib/report.ts'
import { familyOf, makeDataFolder, projectRoot, startStack } from '../lib/stack.ts'

const laterStarts = 3

/** Seconds until ready, and seconds of processor time that all processes burnt until then: other load leaves those alone. */
const timeStart = async (dataFolder: string): Promise<{ ready: number; cpu: number }> => {
  const stack = await startStack(dataFolder)
  const cpu = familyOf(stack.pid).reduce((sum, { pid }) => sum + cpuMsWithEnded(pid), 0)
  await stack.stop()
  return { ready: stack.readyMs / 1000, cpu: cpu / 1000 }
}

/** Runs the bench. */
export const run = async (): Promise<Report> => {
  const data = makeDataFolder()
  try {
    // The note by which a start knows that `dist/` is up to date.
    rmSync(join(projectRoot, 'dist', '.sources'), { force: true })
    const first = await timeStart(data.path)
    const later: { ready: number; cpu: number }[] = []
    while (later.length < laterStarts) later.push(await timeStart(data.path))
    return {
      name: 'start',
      goals: [
        atMost('first start, everything to build and seed, s', first.ready, 45),
        atMost('start with everything there, s', median(later.map(({ ready }) => ready)), 20),
      ],
      rounds: laterStarts,
      ...circumstances(),
      first: { readySeconds: rounded(first.ready), cpuSeconds: rounded(first.cpu) },
      later: {
        readySeconds: spread(later.map(({ ready }) => ready)),
        cpuSeconds: spread(later.map(({ cpu }) => cpu)),
      },
    }
  } finally {
    data.remove()
  }
}
