import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { reportOf, type DataReport } from '#platform/network-data/data-report.ts'
import { listenHealth } from './health.ts'

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => {
        resolve(port)
      })
    })
  })

/** A schedule whose last run that did its work began at second seven. */
const schedule = {
  everySeconds: 60,
  isPaused: false,
  note: '',
  doneAt: new Date(7_000),
  nextAt: null,
}

describe('health of the worker', () => {
  it('tells of the network data: 503 only where none are in use, or what lies on disk is refused', async () => {
    const port = await freePort()
    const none = reportOf('/nonexistent', null, 'none', 0)
    const reports: DataReport[] = [none, { ...none, status: 'stale', edition: 'packaged' }]
    const health = await listenHealth({
      host: '127.0.0.1',
      port,
      ready: { look: () => Promise.reject(new Error('not asked')) },
      isRunning: () => true,
      relay: { status: () => ({ delivered: 0, failures: 0, completeTo: null }) },
      harvests: { all: 2, network: 1 },
      audit: { broken: 0, checkedAt: 0 },
      schedules: {
        known: [
          { ...schedule, name: 'contacts', last: { at: new Date(9_000), status: 'timed_out' as const } },
          { ...schedule, name: 'partitions', isPaused: true, doneAt: null, last: null },
        ],
      },
      budgetAlarms: { nearly_used: 3, used_up: 1 },
      impersonations: { refused: 0 },
      unreadable: { found: 4 },
      networkData: {
        report: () => reports.shift() ?? none,
        counts: () => ({ swapped: 3, refused: 1 }),
      },
    })
    const ask = (path: string) => fetch(`http://127.0.0.1:${String(port)}${path}`)
    const [first, second] = [await ask('/health/data'), await ask('/health/data')]
    expect([first.status, second.status]).toEqual([503, 200])
    expect(await second.json()).toMatchObject({ status: 'stale', edition: 'packaged', files: [] })
    expect(await (await ask('/metrics')).text()).toContain(
      'countersign_network_data_editions_total{result="refused"} 1',
    )
    expect(await (await ask('/metrics')).text()).toContain('countersign_harvest_alarms_total{scope="all"} 2')
    expect(await (await ask('/metrics')).text()).toContain(
      'countersign_send_budget_alarms_total{state="nearly_used"} 3',
    )
    expect(await (await ask('/metrics')).text()).toContain('countersign_unreadable_contacts_total 4')
    const metrics = await (await ask('/metrics')).text()
    for (const line of [
      'every_seconds{schedule="contacts"} 60',
      'paused{schedule="contacts"} 0',
      'paused{schedule="partitions"} 1',
      'failing{schedule="contacts"} 1',
      'failing{schedule="partitions"} 0',
      'done_seconds{schedule="contacts"} 7',
      'done_seconds{schedule="partitions"} 0',
    ])
      expect(metrics).toContain(`countersign_schedule_${line}\n`)
    await health.close()
  })
})
