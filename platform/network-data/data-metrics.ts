/** Ages of the data files and what became of their editions, for alarms. */
import { Counter, Gauge, type Registry } from 'prom-client'
import type { LiveNetworkData } from './live.ts'

const statuses = ['ok', 'ageing', 'stale', 'refused', 'unavailable'] as const

/** Adds the metrics of network data to a process's registry; each is read when the metrics are. */
export function registerDataMetrics(
  registry: Registry,
  live: Pick<LiveNetworkData, 'report' | 'counts'>,
): void {
  const registers = [registry]
  const age = new Gauge({
    name: 'countersign_network_data_age_days',
    help: 'Days since the date of a data file.',
    labelNames: ['file'],
    registers,
    collect() {
      this.reset()
      for (const { name, ageDays } of live.report(Date.now()).files) this.set({ file: name }, ageDays)
    },
  })
  const status = new Gauge({
    name: 'countersign_network_data_status',
    help: 'One for the state that the network data are in.',
    labelNames: ['status'],
    registers,
    collect() {
      const now = live.report(Date.now()).status
      for (const known of statuses) this.set({ status: known }, known === now ? 1 : 0)
    },
  })
  const editions = new Counter({
    name: 'countersign_network_data_editions_total',
    help: 'Editions that appeared on disk since the start, taken into use or refused.',
    labelNames: ['result'],
    registers,
    collect() {
      const { swapped, refused } = live.counts()
      this.reset()
      this.inc({ result: 'swapped' }, swapped)
      this.inc({ result: 'refused' }, refused)
    },
  })
  void [age, status, editions]
}
