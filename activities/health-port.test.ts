import { afterEach, describe, expect, it } from 'vitest'
import { pickFreePort } from '#dev/stack/ports.ts'
import { reportOf } from '#platform/network-data/data-report.ts'
import { listenHealth, type HealthOptions } from './health.ts'

let open: Awaited<ReturnType<typeof listenHealth>> | undefined
afterEach(async () => {
  await open?.close()
  open = undefined
})

const completeTo = new Date('2026-01-02T03:04:05Z')
const networkData = {
  report: () => reportOf('/nonexistent', null, 'none', 0),
  counts: () => ({ swapped: 0, refused: 0 }),
}
/** The parts as readiness shows them. */
const saying = (parts: Readonly<Record<string, string>>): HealthOptions['ready'] => ({
  look: () => Promise.resolve({ isReady: Object.values(parts).every((state) => state === 'ready'), parts }),
})
const well = { database: 'ready', temporal: 'ready', workers: 'ready' }

const listen = async (change: Partial<HealthOptions> = {}) => {
  const port = await pickFreePort()
  open = await listenHealth({
    host: '127.0.0.1',
    port,
    ready: saying(well),
    isRunning: () => true,
    relay: {
      status: () => ({ delivered: 12, failures: 3, completeTo }),
    },
    networkData,
    harvests: { all: 0, network: 0 },
    audit: { broken: 0, checkedAt: 0 },
    schedules: { known: [] },
    budgetAlarms: { nearly_used: 0, used_up: 0 },
    impersonations: { refused: 0 },
    unreadable: { found: 0 },
    ...change,
  })
  return async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${String(port)}${path}`)
    return { status: response.status, text: await response.text(), headers: response.headers }
  }
}

describe('J5: the worker’s health port', () => {
  it('is live and ready while all that it needs is there', async () => {
    const ask = await listen()
    expect(await ask('/health/live')).toMatchObject({ status: 200, text: '{"status":"live"}' })
    const ready = await ask('/health/ready')
    expect(ready.status).toBe(200)
    expect(JSON.parse(ready.text)).toEqual({ status: 'ready', parts: well })
    expect(ready.headers.get('cache-control')).toBe('no-store')
    expect((await ask('/')).status).toBe(404)
  })

  it('is live and not ready where something is wrong, and names it', async () => {
    const parts = { ...well, database: 'schema_older' }
    const ask = await listen({ ready: saying(parts) })
    expect((await ask('/health/live')).status).toBe(200)
    const ready = await ask('/health/ready')
    expect([ready.status, JSON.parse(ready.text)]).toEqual([503, { status: 'not_ready', parts }])
  })

  it('counts what the relay has delivered', async () => {
    const { text } = await (await listen())('/metrics')
    expect(text).toMatch(/^countersign_worker_running 1$/m)
    expect(text).toMatch(/^countersign_relay_delivered 12$/m)
    expect(text).toMatch(/^countersign_relay_failures 3$/m)
    expect(text).toMatch(
      new RegExp(`^countersign_relay_complete_to_seconds ${String(completeTo.getTime() / 1000)}$`, 'm'),
    )
  })

  it('a failure while counting is a 500 without its text', async () => {
    const relay = {
      status: () => {
        throw new Error('secret')
      },
    } as unknown as HealthOptions['relay']
    const answer = await (await listen({ relay }))('/metrics')
    expect([answer.status, answer.text]).toEqual([500, '{"status":"failed"}'])
  })

  it('says which address is taken', async () => {
    await listen()
    const port = await pickFreePort()
    const first = await listenHealth({
      host: '127.0.0.1',
      port,
      ready: saying(well),
      isRunning: () => true,
      relay: { status: () => ({}) } as unknown as HealthOptions['relay'],
      networkData,
      harvests: { all: 0, network: 0 },
      audit: { broken: 0, checkedAt: 0 },
      schedules: { known: [] },
      budgetAlarms: { nearly_used: 0, used_up: 0 },
      impersonations: { refused: 0 },
      unreadable: { found: 0 },
    })
    await expect(listen({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await first.close()
  })
})

describe('N8, R18: directories', () => {
  const one = { tenant: 'northwind', name: 'corp' } as const

  it.each([
    ['closed', 200, 'answering', 1],
    ['open', 503, 'not_answering', 0],
    ['half_open', 503, 'not_answering', 0],
  ] as const)('reports one whose breaker is %s', async (state, status, word, figure) => {
    const ask = await listen({ directories: () => [{ ...one, state }] })
    const told = await ask('/health/directories')
    expect(told.status).toBe(status)
    expect(JSON.parse(told.text)).toEqual({
      status: word,
      directories: [{ ...one, state, isDropHeld: false }],
    })
    expect((await ask('/metrics')).text).toContain(
      `countersign_directory_answering{tenant="northwind",directory="corp"} ${String(figure)}`,
    )
    // R12: everything else is as ready as ever.
    expect((await ask('/health/ready')).status).toBe(200)
  })

  it('R18: reports one that shows far fewer than before while it waits for an operator, and keeps nothing from being ready', async () => {
    const held = new Set(['northwind/corp'])
    const ask = await listen({
      directories: () => [{ ...one, state: 'closed' }],
      heldDirectories: () => Promise.resolve(held),
    })
    const told = await ask('/health/directories')
    expect([told.status, JSON.parse(told.text)]).toMatchObject([
      503,
      { status: 'drop_held', directories: [{ isDropHeld: true }] },
    ])
    const figure = async () =>
      /countersign_directory_drop_held\{[^}]*\} (\d)/.exec((await ask('/metrics')).text)?.[1]
    expect(await figure()).toBe('1')
    expect((await ask('/health/ready')).status).toBe(200)
    held.clear()
    expect([(await ask('/health/directories')).status, await figure()]).toEqual([200, '0'])
  })
})
