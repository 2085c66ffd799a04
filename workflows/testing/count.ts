/** Run before the tests of a process when `coverage.ts` asks for it: V8 counts what of the workflows' bundle is run through. */
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { countsFolder } from './counts.ts'

const folder = countsFolder()
const session = new Session()
session.connect()
await session.post('Profiler.enable')
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })

afterAll(async () => {
  const { result } = await session.post('Profiler.takePreciseCoverage')
  const scripts = result.filter(({ url }) => url.includes('countersign-bundle-'))
  for (const script of scripts) writeFileSync(join(folder, `${randomUUID()}.json`), JSON.stringify(script))
})
