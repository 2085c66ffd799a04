/**
 * `start` (docs/performance.md): from `npm start` to "Countersign is ready", once on an empty data folder with nothing
 * built (what follows `npm ci`), and again on what that left behind. Downloads are apart: programs are there already.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { atMost, circumstances, median, spread, type Report } from '../lib/report.ts'
import { makeDataFolder, projectRoot, startStack } from '../lib/stack.ts'

const laterStarts = 3

const timeStart = async (dataFolder: string): Promise<number> => {
  const stack = await startStack(dataFolder)
  await stack.stop()
  return stack.readyMs / 1000
}

/** Runs the bench. */
export const run = async (): Promise<Report> => {
  const data = makeDataFolder()
  try {
    // The note by which a start knows that `dist/` is up to date.
    rmSync(join(projectRoot, 'dist', '.sources'), { force: true })
    const first = await timeStart(data.path)
    const later: number[] = []
    while (later.length < laterStarts) later.push(await timeStart(data.path))
    return {
      name: 'start',
      goals: [
        atMost('first start, everything to build and seed, s', first, 45),
        atMost('start with everything there, s', median(later), 20),
      ],
      rounds: laterStarts,
      ...circumstances(),
      later: spread(later),
    }
  } finally {
    data.remove()
  }
}
