import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { smallData } from '#platform/network-data/testing/small-data.ts'
import { commands } from './commands.ts'

let dir: string
let remove: () => void
beforeEach(() => {
  ;({ dir, remove } = smallData())
})
afterEach(() => {
  remove()
})
const run = (args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<string> =>
  commands['data']?.run(args, { DATA_DIR: dir, ...more }) ?? Promise.reject(new Error('no such command'))
const today = new Date().toISOString().slice(0, 10)
const torList = (): string => {
  const path = join(dir, `tor-${today}.txt`)
  writeFileSync(path, '185.220.101.1\n')
  return path
}

describe('the data command', () => {
  it('tells the state, refreshes from a named file, and goes back', async () => {
    expect(await run(['status'])).toMatch(/edition packaged\n {2}IP to ASN: of 2026-06-17 \(\d+ days\)/)
    expect(await run(['refresh', `tor=${torList()}`])).toContain(`tor-list of ${today} (1 rows)`)
    expect(await run(['status'])).toMatch(/edition 2.*, before it packaged/)
    expect(await run(['rollback'])).toBe('The packaged data are in use again.')
    expect(await run(['status'])).toContain('edition packaged')
  })

  it('refreshes from the file of sources', async () => {
    const file = join(dir, 'sources.json')
    writeFileSync(file, JSON.stringify({ sources: [{ kind: 'tor', from: torList() }] }))
    expect(await run(['refresh'], { DATA_SOURCES: file })).toContain('tor-list')
  })

  it('says in one sentence what is wrong, and that nothing was changed', async () => {
    await expect(run(['refresh', 'tor=/none.txt'])).rejects.toThrow(
      'Nothing was changed: tor from /none.txt does not exist.',
    )
    await expect(run(['refresh', 'tor'])).rejects.toThrow('"tor" is not kind=path')
    await expect(run(['refresh'])).rejects.toThrow('or set DATA_SOURCES')
    await expect(run(['rollback'])).rejects.toThrow('nothing was refreshed yet')
    await expect(run([])).rejects.toThrow('Say what to do: data status')
    await expect(run(['status', 'now'])).rejects.toThrow('Say what to do')
  })

  it('tells of a folder without data instead of failing', async () => {
    expect(await run(['status'], { DATA_DIR: join(dir, 'none') })).toMatch(
      /^Network data: unavailable, edition none\n {2}refused: no network data in/,
    )
  })
})
