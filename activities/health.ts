import { createServer, type ServerResponse } from 'node:http'
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'
import type { Relay } from '#analytics/relay.ts'
import { registerDataMetrics } from '#platform/network-data/data-metrics.ts'
import type { LiveNetworkData } from '#platform/network-data/live.ts'
import type { Ready } from '#platform/process/readiness.ts'
import type { ScheduleState } from '#platform/temporal/temporal-schedules.ts'
import type { DirectoryState } from './directory/index.ts'
import type { BudgetAlarms, Impersonations, UnreadableCount } from './ports.ts'
import type { HarvestCounts } from './maintenance/index.ts'
import type { ScheduleStates } from './maintenance/keep-schedules.ts'
import type { AuditState } from './maintenance/watch-audit.ts'

/** The health port reports these. */
export type HealthOptions = {
  readonly host: string
  readonly port: number
  readonly ready: Pick<Ready, 'look'>
  /** The workers poll and the process is not ending. */
  readonly isRunning: () => boolean
  readonly relay: Pick<Relay, 'status'>
  readonly networkData: Pick<LiveNetworkData, 'report' | 'counts'>
  readonly harvests: HarvestCounts
  readonly audit: AuditState
  readonly schedules: ScheduleStates
  readonly budgetAlarms: BudgetAlarms
  readonly impersonations: Impersonations
  readonly unreadable: UnreadableCount
  /** Directories of the operator's file; none where there is no such file. */
  readonly directories?: () => readonly DirectoryState[]
  /**
   * Places (`tenant/name`) of the directories with a sudden drop that waits for an operator; absent where no directory is
   * read.
   */
  readonly heldDirectories?: () => Promise<ReadonlySet<string>>
}

/** Health and metrics, on a port of their own that nobody outside reaches (J5). */
export const listenHealth = async (options: HealthOptions): Promise<{ close(): Promise<void> }> => {
  const metrics = metricsOf(options)
  const server = createServer((request, response) => {
    answer(options, metrics, request.url ?? '', response).catch(() => {
      send(response, 500, '{"status":"failed"}')
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}

const send = (response: ServerResponse, status: number, body: string, type = 'application/json'): void => {
  const headers = {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  }
  response.writeHead(status, headers).end(body)
}

const answer = async (
  options: HealthOptions,
  metrics: Registry,
  url: string,
  response: ServerResponse,
): Promise<void> => {
  if (url === '/health/live') {
    send(response, 200, '{"status":"live"}')
    return
  }
  const health = await healthOf(options, url)
  if (health !== null) {
    send(response, health.isWell ? 200 : 503, JSON.stringify(health.body))
    return
  }
  if (url === '/metrics') {
    send(response, 200, await metrics.metrics(), 'text/plain; version=0.0.4')
    return
  }
  send(response, 404, '{"status":"not_found"}')
}

type Health = { readonly isWell: boolean; readonly body: object }

/** The body of a page of health; null: there is no such page. */
const healthOf = async (options: HealthOptions, url: string): Promise<Health | null> => {
  if (url === '/health/ready') return readiness(options)
  // For alarms, never for a probe that ends a process: without these data a case continues, and its score says so.
  if (url === '/health/data') {
    const report = options.networkData.report(Date.now())
    return { isWell: report.status !== 'unavailable' && report.status !== 'refused', body: report }
  }
  // For alarms too: work that needs no directory continues without it (R12).
  if (url !== '/health/directories') return null
  return directoryHealth(options)
}

const placeOf = ({ tenant, name }: DirectoryState): string => `${tenant}/${name}`

/** Well while each answers and none shows a drop that waits for an operator. */
const directoryHealth = async ({ directories, heldDirectories }: HealthOptions): Promise<Health> => {
  const held = (await heldDirectories?.()) ?? new Set()
  const all = (directories?.() ?? []).map((one) => ({ ...one, isDropHeld: held.has(placeOf(one)) }))
  const isAnswering = all.every(({ state }) => state === 'closed')
  const isWell = isAnswering && all.every(({ isDropHeld }) => !isDropHeld)
  const status = isWell ? 'answering' : isAnswering ? 'drop_held' : 'not_answering'
  return { isWell, body: { status, directories: all } }
}

const readiness = async ({ ready }: HealthOptions): Promise<Health> => {
  const { isReady, parts } = await ready.look()
  return { isWell: isReady, body: { status: isReady ? 'ready' : 'not_ready', parts } }
}

const countHarvests = (registers: Registry, harvests: HarvestCounts): void => {
  const alarms = new Counter({
    name: 'countersign_harvest_alarms_total',
    help: 'Alarms since the start: lists of one family shown to many cases that did not pass, over all networks or from one.',
    labelNames: ['scope'],
    registers: [registers],
    collect() {
      this.reset()
      for (const scope of ['all', 'network'] as const) this.inc({ scope }, harvests[scope])
    },
  })
  void alarms
}

const showDirectories = (registers: Registry, { directories, heldDirectories }: HealthOptions): void => {
  if (directories === undefined) return
  const drops = new Gauge({
    name: 'countersign_directory_drop_held',
    help: 'Whether a directory shows far fewer people or contacts than before, and nothing is taken away until an operator says so.',
    labelNames: ['tenant', 'directory'],
    registers: [registers],
    async collect() {
      const held = (await heldDirectories?.()) ?? new Set()
      for (const one of directories())
        this.set({ tenant: one.tenant, directory: one.name }, held.has(placeOf(one)) ? 1 : 0)
    },
  })
  void drops
  const answering = new Gauge({
    name: 'countersign_directory_answering',
    help: 'Whether a directory is asked: 0 after failures in a row, until it answers again.',
    labelNames: ['tenant', 'directory'],
    registers: [registers],
    collect() {
      for (const { tenant, name, state } of directories())
        this.set({ tenant, directory: name }, state === 'closed' ? 1 : 0)
    },
  })
  void answering
}

/** The states as this process last saw them: every worker reports the same, also just after it started. */
const showSchedules = (registers: Registry, schedules: ScheduleStates): void => {
  const gauge = (name: string, help: string, read: (one: ScheduleState) => number): void => {
    const own = new Gauge({
      name,
      help,
      labelNames: ['schedule'],
      registers: [registers],
      collect() {
        this.reset()
        for (const one of schedules.known) this.set({ schedule: one.name }, read(one))
      },
    })
    void own
  }
  gauge('countersign_schedule_every_seconds', 'How often a schedule of Temporal starts its work.', (one) => {
    return one.everySeconds
  })
  gauge('countersign_schedule_paused', 'Whether an operator has paused it.', (one) => (one.isPaused ? 1 : 0))
  gauge(
    'countersign_schedule_failing',
    'Whether its last run did not do its work, after all its tries.',
    ({ last }) => (last === null || last.status === 'completed' || last.status === 'running' ? 0 : 1),
  )
  gauge(
    'countersign_schedule_done_seconds',
    'When the last run that did its work began; 0: none of the last ten.',
    ({ doneAt }) => (doneAt?.getTime() ?? 0) / 1000,
  )
}

/** The sending code counts; the value is read when metrics are scraped. */
const countBudgets = (registers: Registry, alarms: BudgetAlarms): void => {
  const counter = new Counter({
    name: 'countersign_send_budget_alarms_total',
    help: 'Budgets of messages that ran out or nearly did, once a day and organisation.',
    labelNames: ['state'],
    registers: [registers],
    collect() {
      this.reset()
      for (const state of ['nearly_used', 'used_up'] as const) this.inc({ state }, alarms[state])
    },
  })
  void counter
}

const countImpersonations = (registers: Registry, impersonations: Impersonations): void => {
  const counter = new Counter({
    name: 'countersign_impersonations_total',
    help: 'Messages to workflows that named somebody without the attestation of the API, refused since the start.',
    registers: [registers],
    collect() {
      this.reset()
      this.inc(impersonations.refused)
    },
  })
  void counter
}

const countUnreadable = (registers: Registry, unreadable: UnreadableCount): void => {
  const counter = new Counter({
    name: 'countersign_unreadable_contacts_total',
    help: 'Contacts on file that did not open, once a day for each, since the start.',
    registers: [registers],
    collect() {
      this.reset()
      this.inc(unreadable.found)
    },
  })
  void counter
}

const metricsOf = (options: HealthOptions): Registry => {
  const { relay, isRunning, networkData, harvests, budgetAlarms, audit } = options
  const registers = new Registry()
  collectDefaultMetrics({ register: registers })
  registerDataMetrics(registers, networkData)
  countHarvests(registers, harvests)
  countBudgets(registers, budgetAlarms)
  countImpersonations(registers, options.impersonations)
  countUnreadable(registers, options.unreadable)
  showDirectories(registers, options)
  showSchedules(registers, options.schedules)
  const gauge = (name: string, help: string, read: () => number): void => {
    const own = new Gauge({
      name,
      help,
      registers: [registers],
      collect() {
        this.set(read())
      },
    })
    void own
  }
  gauge(
    'countersign_audit_broken',
    'Audit chains that were not whole when this worker last checked.',
    () => audit.broken,
  )
  gauge(
    'countersign_audit_checked_seconds',
    'When this worker last checked all audit chains; 0 before.',
    () => audit.checkedAt / 1000,
  )
  gauge('countersign_worker_running', 'Whether the workers poll.', () => (isRunning() ? 1 : 0))
  gauge(
    'countersign_relay_delivered',
    'Outbox rows delivered since the start.',
    () => relay.status().delivered,
  )
  gauge(
    'countersign_relay_failures',
    'Failed tries since the last that worked.',
    () => relay.status().failures,
  )
  gauge(
    'countersign_relay_complete_to_seconds',
    'Everything recorded up to then is in the store; 0 before the first pass.',
    () => (relay.status().completeTo?.getTime() ?? 0) / 1000,
  )
  return registers
}
