/** How many addresses the offline network data tell apart in a second, and what they keep in memory. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { seeded } from '#domain/risk/testing/random.ts'
import { compile, installedInputs } from '#platform/server/network-data/compile.ts'
import { openNetworkData, type NetworkData } from '#platform/server/network-data/open.ts'
import { rounded } from '../lib/report.ts'

const perRound = 100_000

/** Random addresses of both families, most of them IPv4 as portals see them. */
const addresses = (): readonly string[] => {
  const random = seeded(11)
  const byte = (): number => random.int(0, 255)
  return Array.from({ length: perRound }, () =>
    random.chance(0.8)
      ? `${String(random.int(1, 223))}.${String(byte())}.${String(byte())}.${String(byte())}`
      : `2${random.int(0, 0xfff).toString(16).padStart(3, '0')}:${byte().toString(16)}:${byte().toString(16)}::1`,
  )
}

const opened = (): { data: NetworkData; residentMb: number } => {
  const dir = mkdtempSync(join(tmpdir(), 'countersign-data-'))
  try {
    const classes = join(import.meta.dirname, '..', '..', 'data-sources', 'asn-classes.json')
    const { files, manifest } = compile(installedInputs(classes))
    mkdirSync(join(dir, 'feeds'))
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(dir, name), bytes)
    writeFileSync(join(dir, 'manifest.json'), JSON.stringify(manifest))
    const held = (): number => process.memoryUsage().heapUsed + process.memoryUsage().external
    globalThis.gc?.()
    const before = held()
    const data = openNetworkData(dir)
    globalThis.gc?.()
    return { data, residentMb: rounded((held() - before) / 1024 / 1024) }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** Look-ups a second on one core, round by round, and the memory that the opened data hold, MB. */
export const lookUpRate = (rounds: number): { perSecond: readonly number[]; residentMb: number } => {
  const { data, residentMb } = opened()
  const list = addresses()
  const round = (): number => {
    const started = performance.now()
    for (const address of list) data.lookup(address)
    return perRound / ((performance.now() - started) / 1000)
  }
  round()
  return { perSecond: Array.from({ length: rounds }, round), residentMb }
}
