/** Measures how many addresses the offline network data tell apart in a second, and how much memory they keep. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seeded } from '#domain/risk/testing/random.ts'
import { compile, installedInputs } from '#platform/network-data/compile.ts'
import { openNetworkData, type NetworkData } from '#platform/network-data/open.ts'
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

/** Look-ups a second by the clock, and in a second of processor time. */
export type LookUpRound = { readonly perSecond: number; readonly perCpuSecond: number }

/** Look-ups on one core, round by round, and the memory that the opened data hold, MB. */
export const lookUpRate = (count: number): { rounds: readonly LookUpRound[]; residentMb: number } => {
  const { data, residentMb } = opened()
  const list = addresses()
  const round = (): LookUpRound => {
    const [started, before] = [performance.now(), process.cpuUsage()]
    for (const address of list) data.lookup(address)
    const { user, system } = process.cpuUsage(before)
    const seconds = (performance.now() - started) / 1000
    return { perSecond: perRound / seconds, perCpuSecond: perRound / ((user + system) / 1_000_000) }
  }
  round()
  return { rounds: Array.from({ length: count }, round), residentMb }
}
