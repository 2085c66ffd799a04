import {
  copyFileSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { Registry } from 'prom-client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLiveFactTools } from '../facts/fact-tools.ts'
import { pinned } from '../facts/fact-deps.ts'
import { registerDataMetrics } from './data-metrics.ts'
import { openLiveNetworkData, type LiveNetworkData } from './live.ts'
import { refresh, rollback } from './refresh/refresh.ts'
import { readSourceArgument } from './refresh/sources.ts'
import { classList, csvOf, installedCountries, rows4, rows6, smallData } from './testing/small-data.ts'

const at = new Date('2026-11-25T12:00:00Z')
const lines: string[] = []
const log = {
  info: (message: string) => void lines.push(message),
  warn: (message: string) => void lines.push(message),
}

let dir: string
let remove: () => void
let live: LiveNetworkData
/** A file is left to settle: it counts once two looks in a row saw it alike. */
const notice = (): void => {
  live.look()
  live.look()
}
const put = (name: string, content: string | Uint8Array): string => {
  const path = join(dir, name)
  writeFileSync(path, content)
  return path
}
const refreshTor = (asOf: string, entries = ['185.220.101.1', '185.220.101.2']) =>
  refresh(dir, [readSourceArgument(`tor=${put(`tor-${asOf}.txt`, entries.join('\n'))}`)], { at })
const torOf = (): readonly (string | undefined)[] =>
  (live.current()?.lookup('185.220.101.1')?.feeds ?? []).map(({ source }) => source.asOf)
const editionFile = (...names: readonly string[]): string => {
  const { edition } = JSON.parse(readFileSync(join(dir, 'refreshed', 'current.json'), 'utf8')) as {
    edition: string
  }
  return join(dir, 'refreshed', 'editions', edition, ...names)
}

beforeEach(() => {
  lines.length = 0
  ;({ dir, remove } = smallData())
  live = openLiveNetworkData(dir, { log, everyMs: 60_000 })
})
afterEach(() => {
  live.stop()
  remove()
})

describe('a running process', () => {
  it('takes a new edition without a restart, goes back with a rollback, and says which it uses', async () => {
    expect([torOf(), live.report(at.getTime()).edition]).toEqual([[], 'packaged'])
    await refreshTor('2026-11-24')
    notice()
    expect(torOf()).toEqual(['2026-11-24'])
    expect(live.report(at.getTime())).toMatchObject({
      edition: live.current()?.edition,
      previous: 'packaged',
    })
    await rollback(dir)
    notice()
    expect([torOf(), live.report(at.getTime()).edition]).toEqual([[], 'packaged'])
    expect(live.counts()).toEqual({ swapped: 2, refused: 0 })
  })

  it('notices by itself', async () => {
    live.stop()
    live = openLiveNetworkData(dir, { log, everyMs: 5 })
    await refreshTor('2026-11-24')
    await expect.poll(torOf).toEqual(['2026-11-24'])
  })

  it('notices a list that an operator puts into the folder, once it is whole', () => {
    put('feeds/tor-2026-11-24.txt', '185.220.')
    live.look()
    put('feeds/tor-2026-11-24.txt', '185.220.101.1\n')
    live.look()
    expect(torOf()).toEqual([])
    live.look()
    expect(torOf()).toEqual(['2026-11-24'])
  })

  it('keeps what it has when the new edition is cut off, says why in a sentence, and recovers', async () => {
    const sources = [
      readSourceArgument(`asn4=${put('asn-2026-11-20.csv', csvOf(rows4))}`),
      readSourceArgument(`asn6=${put('asn6-2026-11-20.csv', csvOf(rows6))}`),
    ]
    await refresh(dir, sources, { at })
    // The same table as packaged: only its classes are new.
    await refresh(dir, [readSourceArgument(`classes=${put('c.json', classList('2026-11-21'))}`)], { at })
    truncateSync(editionFile('asn-classes.json'), 30)
    notice()
    const report = live.report(at.getTime())
    expect(report).toMatchObject({ status: 'refused', edition: 'packaged' })
    expect(report.refused).toContain('asn-classes.json is not the file that the manifest describes')
    expect(live.current()?.lookup('73.0.0.1')?.asn).toBe(7922)
    await rollback(dir)
    notice()
    expect(live.report(at.getTime()).refused).toBeNull()
  })

  it('refuses older files that did not come by a rollback', async () => {
    const old = smallData({ classes: classList('2026-06-01') })
    for (const name of ['asn-classes.json', 'manifest.json'])
      copyFileSync(join(old.dir, name), join(dir, name))
    old.remove()
    notice()
    expect(live.report(at.getTime()).refused).toContain(
      'ASN classes on disk is of 2026-06-01, older than the one in use (2026-06-20)',
    )
    expect(live.current()?.lookup('88.99.0.1')?.sources.classes?.asOf).toBe('2026-06-20')
    await Promise.resolve()
  })

  it('knows nothing rather than something else once a file is written over, and says so', () => {
    live.stop()
    remove()
    // As large as it is shipped: a small file lies in memory whole.
    ;({ dir, remove } = smallData({ country: installedCountries }))
    live = openLiveNetworkData(dir, { log, everyMs: 60_000 })
    const country = readFileSync(join(dir, 'country.mmdb'))
    const asked = live.current()
    put('country.mmdb', new Uint8Array(country.length))
    // Deep in the tree, on a page that is not in memory.
    expect(asked?.lookup('185.65.134.1')).toBeNull()
    expect([asked?.lookup('73.0.0.1'), asked?.classOf(24940)]).toEqual([null, null])
    expect(live.report(at.getTime()).status).toBe('refused')
    live.look()
    expect([live.current(), live.report(at.getTime()).status]).toEqual([null, 'unavailable'])
    put('country.mmdb', country)
    put('manifest.json', readFileSync(join(dir, 'manifest.json')))
    notice()
    expect(live.current()?.lookup('73.0.0.1')).toMatchObject({ asn: 7922, country: 'US' })
    expect(asked?.lookup('73.0.0.1')).toBeNull()
    expect(lines).toEqual([
      'network data were changed on disk while in use, and opened anew',
      'network data replaced',
    ])
  })

  it('still uses files that were replaced by others, until it takes those', () => {
    const country = join(dir, 'country.mmdb')
    writeFileSync(`${country}.new`, 'another file')
    renameSync(`${country}.new`, country)
    expect(live.current()?.lookup('73.0.0.1')).toMatchObject({ country: 'US' })
  })

  it('tells of a packaged or refreshed file that was replaced by half of one, before a start meets it', async () => {
    const halve = (path: string) => {
      const whole = readFileSync(path)
      writeFileSync(`${path}.new`, whole.subarray(0, whole.length / 2))
      renameSync(`${path}.new`, path)
      return whole
    }
    const country = halve(join(dir, 'country.mmdb'))
    notice()
    expect(live.report(at.getTime())).toMatchObject({ status: 'refused', edition: 'packaged' })
    expect(live.report(at.getTime()).refused).toContain('country.mmdb is not the file that')
    expect(live.current()?.lookup('73.0.0.1')).toMatchObject({ country: 'US' })
    put('country.mmdb', country)
    notice()
    expect(live.report(at.getTime()).refused).toBeNull()
    await refresh(dir, [readSourceArgument(`classes=${put('c.json', classList('2026-11-21'))}`)], { at })
    notice()
    halve(editionFile('asn-classes.json'))
    notice()
    expect(live.report(at.getTime()).refused).toContain('asn-classes.json is not the file that')
    expect(live.current()?.edition).not.toBeNull()
  })

  it.each([
    ['{', 'manifest.json is not JSON'],
    ['null', 'manifest.json has another form'],
    ['{"version":1,"files":null}', 'manifest.json has another form'],
    ['{"version":1,"files":{"asn.bin":null}}', 'manifest.json says nothing about asn.bin'],
  ])('names the manifest that cannot be read: %s', (text, sentence) => {
    writeFileSync(join(dir, 'manifest.json'), text)
    notice()
    expect(live.report(at.getTime()).refused).toBe(sentence)
  })

  it('keeps what it has when the folder vanishes', () => {
    rmSync(join(dir, 'manifest.json'))
    notice()
    expect(live.current()?.lookup('73.0.0.1')?.asn).toBe(7922)
    expect(live.report(at.getTime())).toMatchObject({ status: 'refused' })
  })

  it('logs no text of a file or an error', async () => {
    await refreshTor('2026-11-24')
    notice()
    writeFileSync(editionFile('manifest.json'), '{"secret":1}')
    writeFileSync(join(dir, 'manifest.json'), 'x')
    notice()
    expect(lines).toEqual(['network data replaced', 'network data on disk refused, those in use stay'])
  })
})

describe('a process that starts', () => {
  it('uses the packaged data when the refreshed ones are not whole', async () => {
    await refreshTor('2026-11-24')
    writeFileSync(editionFile('manifest.json'), '{')
    live.stop()
    live = openLiveNetworkData(dir, { log, everyMs: 60_000 })
    expect(live.current()?.edition).toBeNull()
    expect(live.report(at.getTime())).toMatchObject({ status: 'refused', edition: 'packaged' })
  })

  it('has none where there are none, and takes them when they come', () => {
    const none = join(dir, 'none')
    const empty = openLiveNetworkData(none, { log, everyMs: 60_000 })
    expect(empty.report(at.getTime())).toMatchObject({ status: 'unavailable', edition: null, files: [] })
    expect(empty.report(at.getTime()).refused).toContain('npm run data:build')
    empty.stop()
  })
})

describe('hot swap', () => {
  it('never mixes two editions in one evaluation, over a thousand of them', async () => {
    const tools = createLiveFactTools(() => live.current())
    let swaps = 0
    for (let round = 0; round < 1_000; round += 1) {
      const one = pinned(tools)
      const before = one.lookUp('185.220.101.1')
      if (round % 100 === 50) {
        swaps += 1
        await refreshTor(`2026-11-${String(10 + swaps)}`)
        notice()
      }
      const after = one.lookUp('185.220.101.1')
      expect(after).toEqual(before)
    }
    expect([swaps, live.counts().swapped]).toEqual([10, 10])
    expect(tools.lookUp('185.220.101.1')?.feeds[0]?.source.asOf).toBe('2026-11-20')
  })
})

describe('what operators see', () => {
  it('tells ages and what they mean', async () => {
    await refreshTor('2026-11-24')
    notice()
    const later = (days: number) => live.report(at.getTime() + days * 86_400_000)
    const stateOf = (days: number, file: string) => later(days).files.find(({ name }) => name === file)?.state
    expect([later(0).status, stateOf(0, 'IP to ASN'), stateOf(0, 'tor-list-2026-11-24')]).toEqual([
      'ok',
      'fresh',
      'fresh',
    ])
    expect([later(8).status, stateOf(8, 'tor-list-2026-11-24')]).toEqual(['ageing', 'ageing'])
    expect([later(31).status, stateOf(31, 'tor-list-2026-11-24')]).toEqual(['stale', 'stale'])
    expect([stateOf(115, 'IP to country'), stateOf(206, 'IP to country')]).toEqual(['ageing', 'stale'])
  })

  it('measures ages, state and editions', async () => {
    const registry = new Registry()
    registerDataMetrics(registry, live)
    await refreshTor('2026-11-24')
    notice()
    const text = await registry.metrics()
    expect(text).toMatch(/countersign_network_data_age_days\{file="IP to ASN"\} \d+/)
    expect(text).toContain('countersign_network_data_editions_total{result="swapped"} 1')
    expect(text).toMatch(/countersign_network_data_status\{status="(ok|ageing|stale)"\} 1/)
  })

  it('leaves one edition before the one in use on disk', async () => {
    for (const day of ['20', '21', '22']) await refreshTor(`2026-11-${day}`)
    expect(readdirSync(join(dir, 'refreshed', 'editions'))).toHaveLength(2)
  })
})
