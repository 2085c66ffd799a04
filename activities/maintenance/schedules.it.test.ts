/** Temporal starts the maintenance at an interval, on a real server and with real workers. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { noAnalytics } from '#analytics/client.ts'
import { cacheFolder, openDataFolder } from '#dev/stack/data-folder.ts'
import { pickFreePort } from '#dev/stack/ports.ts'
import { startTemporal, type RunningTemporal } from '#dev/stack/engines/temporal.ts'
import { makePerson, makeTenant } from '#platform/database/testing/factories.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { caseWorkflowsOver } from '#platform/temporal/temporal-cases.ts'
import {
  maintenanceId,
  schedulesOver,
  type Schedules,
  type ScheduleSettings,
} from '#platform/temporal/temporal-schedules.ts'
import { connectTemporal, type TemporalClient } from '#platform/temporal/temporal.ts'
import { schedulesFor } from '#domain/schedules.ts'
import { readThinCount, wantThinCount } from '#services/questions/thin-counts.ts'
import { createActivities } from '../index.ts'
import { makeOrganisation } from '../testing/source-files.ts'
import { useTestWorld } from '../testing/test-world.ts'
import { until } from '../testing/until.ts'
import { createWorkers } from '../worker.ts'
import { startLoops } from './index.ts'
import { createScheduleKeeper, type ScheduleStates } from './keep-schedules.ts'

const world = useTestWorld()

const hourly: ScheduleSettings = {
  name: 'partitions',
  activity: 'makePartitions',
  everySeconds: 3_600,
  longestSeconds: 60,
}
const often: ScheduleSettings = { ...hourly, everySeconds: 2 }

/** The schedules of an install whose workers are those of this test world. */
const over = (...settings: readonly ScheduleSettings[]): Schedules =>
  schedulesOver(world.temporal, world.prefix, settings)
/** Schedules of an install of its own, without a worker. */
const elsewhere = () => {
  const prefix = `t-${randomBytes(4).toString('hex')}`
  return {
    prefix,
    over: (...settings: readonly ScheduleSettings[]) => schedulesOver(world.temporal, prefix, settings),
    describe: (name: string) =>
      world.temporal.client.schedule.getHandle(maintenanceId(prefix, name)).describe(),
    end: (name: string) => world.temporal.client.schedule.getHandle(maintenanceId(prefix, name)).delete(),
  }
}

const lastOf = async (schedules: Schedules) => (await schedules.list())[0]?.last
const runsOf = async (temporal: TemporalClient, prefix: string, name: string) =>
  (await temporal.client.schedule.getHandle(maintenanceId(prefix, name)).describe()).info.recentActions
const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const remove = (name: string) =>
  world.temporal.client.schedule.getHandle(maintenanceId(world.prefix, name)).delete()

describe('schedules of an install', { timeout: 90_000 }, () => {
  it('are made once by two workers that start at once, each with what it starts', async () => {
    const install = elsewhere()
    const all = schedulesFor({ hasDirectories: true })
    const [one, other] = [install.over(...all), install.over(...all)]
    const made = (await Promise.all([one.bringUpToDate(), other.bringUpToDate()])).flat()
    expect(made.map(({ name, what }) => `${name} ${what}`).sort()).toEqual(
      all.map(({ name }) => `${name} made`).sort(),
    )
    expect((await one.list()).map(({ name }) => name)).toEqual(all.map(({ name }) => name))
    // The server names defaults of its own, which are no difference: nothing is changed a second time.
    expect(await other.bringUpToDate()).toEqual([])
    for (const { name, activity } of all) {
      const { action, policies, info } = await install.describe(name)
      expect(action.args).toMatchObject([{ activity, queuePrefix: install.prefix }])
      expect(policies.overlap).toBe('SKIP')
      expect(info.recentActions).toHaveLength(1)
      await install.end(name)
    }
  })

  it('stay paused when workers start anew, also where the interval is another; no older worker takes that back', async () => {
    const install = elsewhere()
    await install.over(often).bringUpToDate()
    expect(await install.over(often).pause('partitions', 'the disk is full')).toBe(true)
    const before = (await runsOf(world.temporal, install.prefix, 'partitions')).length
    const slower = { ...often, everySeconds: 3 }
    expect(await install.over(slower).bringUpToDate()).toEqual([{ name: 'partitions', what: 'changed' }])
    expect(await install.over(often).makeMissing()).toEqual([])
    expect(await install.over(slower).list()).toMatchObject([
      { isPaused: true, note: 'the disk is full', everySeconds: 3 },
    ])
    expect((await install.describe('partitions')).spec.intervals).toMatchObject([{ every: 3_000 }])
    await rest(7_000)
    expect(await runsOf(world.temporal, install.prefix, 'partitions')).toHaveLength(before)
    expect(await install.over(slower).resume('partitions', 'there is room again')).toBe(true)
    expect(await install.over(slower).list()).toMatchObject([
      { isPaused: false, note: 'there is room again' },
    ])
    await install.end('partitions')
  })

  it('that are missing are reported as missing, and made by the next look', async () => {
    const install = elsewhere()
    const states: ScheduleStates = { known: [] }
    const schedules = install.over(hourly)
    const look = createScheduleKeeper(schedules, states, world.deps.log)
    await look()
    expect(states.known).toMatchObject([{ name: 'partitions' }])
    await install.end('partitions')
    expect(await schedules.list()).toEqual([])
    for (const act of [
      schedules.pause('partitions', 'x'),
      schedules.resume('partitions', 'x'),
      schedules.run('partitions'),
    ])
      expect(await act).toBe(false)
    await look()
    expect(states.known).toMatchObject([{ name: 'partitions', isPaused: false }])
    await install.end('partitions')
  })
})

describe('runs', { timeout: 120_000 }, () => {
  it('of everything do their work at once when the schedules are made', async () => {
    const all = schedulesFor({ hasDirectories: true })
    const schedules = over(...all)
    await schedules.bringUpToDate()
    await until(
      async () => (await schedules.list()).every(({ last }) => last?.status === 'completed'),
      30_000,
    )
    for (const { name } of all) await remove(name)
  })

  it('that no worker was there for: one waits, and is made up for when a worker is back', async () => {
    await world.stopWorkers()
    const schedules = over(often)
    await schedules.bringUpToDate()
    await rest(7_000)
    // Three more were due; a run that waits is not overtaken.
    expect(await runsOf(world.temporal, world.prefix, 'partitions')).toHaveLength(1)
    expect(await lastOf(schedules)).toMatchObject({ status: 'running' })
    await schedules.pause('partitions', 'enough is seen')
    await world.startWorkers()
    await until(async () => (await lastOf(schedules))?.status === 'completed')
    expect(await runsOf(world.temporal, world.prefix, 'partitions')).toHaveLength(1)
    await remove('partitions')
  })

  it('that fail are tried three times, show in log and metrics, and do their work once they can', async () => {
    const { owner } = world.database
    const [schedules, states] = [over(hourly), { known: [] } as ScheduleStates]
    await owner.run('alter function ensure_partitions(integer) rename to no_partitions')
    const from = world.lines.length
    const look = createScheduleKeeper(schedules, states, world.deps.log)
    await look()
    await until(async () => (await lastOf(schedules))?.status === 'failed', 60_000)
    await look()
    expect(states.known).toMatchObject([{ name: 'partitions', last: { status: 'failed' }, doneAt: null }])
    const failures = world.lines
      .slice(from)
      .map((line) => JSON.parse(line) as { message: string; activity?: string; workflowId?: string })
      .filter(({ message }) => message === 'activity failed')
    expect(failures).toHaveLength(3)
    expect(failures[0]).toMatchObject({ activity: 'makePartitions', code: 'error:42883' })
    expect(failures[0]?.workflowId).toContain(maintenanceId(world.prefix, 'partitions'))

    await owner.run('alter function no_partitions(integer) rename to ensure_partitions')
    expect(await schedules.run('partitions')).toBe(true)
    await until(async () => (await lastOf(schedules))?.status === 'completed')
    await look()
    expect(states.known[0]?.doneAt).toEqual(states.known[0]?.last?.at)
    await remove('partitions')
  })

  it('R17: a tenant that fails keeps no other waiting, and the run says that it failed', async () => {
    const { owner } = world.database
    const old = { directory: 'builtin', refreshed_at: new Date('2026-01-01') }
    const people = [await makeTenant(owner), await makeTenant(owner), await makeTenant(owner)].map(({ id }) =>
      makePerson(owner, id, old),
    )
    const ids = (await Promise.all(people)).map(({ id }) => id)
    await owner.run(`create function ill() returns trigger language plpgsql as $$
      begin if new.id = '${ids[0] ?? ''}' or new.id = '${ids[1] ?? ''}' then raise exception 'ill'; end if; return new; end $$`)
    await owner.run('create trigger ill before update on people for each row execute function ill()')
    const schedules = over({ ...hourly, name: 'builtin-facts', activity: 'refreshBuiltinFacts' })
    await schedules.bringUpToDate()
    await until(async () => (await lastOf(schedules))?.status === 'failed', 60_000)
    const fresh = await owner.query<{ id: string }>(
      `select id from people where id = any($1::uuid[]) and refreshed_at > now() - interval '1 hour'`,
      [ids],
    )
    expect(fresh).toEqual([{ id: ids[2] }])
    await owner.run('drop trigger ill on people')
    await schedules.run('builtin-facts')
    await until(async () => (await lastOf(schedules))?.status === 'completed')
    await remove('builtin-facts')
  })
})

describe('while Temporal is away', { timeout: 180_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-schedules-'))
  let server: RunningTemporal
  let port: number
  const start = () =>
    startTemporal({
      cacheDir: cacheFolder(openDataFolder(process.env['COUNTERSIGN_DATA'])),
      port,
      namespace: inject('temporalNamespace'),
      dbFile: join(folder, 'temporal.db'),
      notify: () => undefined,
    })
  beforeAll(async () => {
    port = await pickFreePort()
    server = await start()
  })
  afterAll(async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('loops continue, and of the runs that were missed one is made up for', async () => {
    const { tenantId } = await makeOrganisation(world.database, 3)
    const codecKeys = world.keys.worker.codec
    const temporal = await connectTemporal({
      ...{ address: server.address, namespace: inject('temporalNamespace'), codecKeys },
    })
    const prefix = `t-${randomBytes(4).toString('hex')}`
    const settings = { ...hourly, everySeconds: 12 }
    const schedules = schedulesOver(temporal, prefix, [settings])
    const workers = await createWorkers(
      {
        ...{ connection: temporal.connection, namespace: inject('temporalNamespace'), codecKeys },
        ...{ taskQueuePrefix: prefix, bundlePath: inject('workflowBundle'), maxActivities: 4 },
      },
      createActivities(world.deps),
    )
    const running = workers.run()
    const workflows = caseWorkflowsOver(temporal)
    const loops = startLoops({ ...world.deps, inserter: noAnalytics(), workflows, schedules })
    const counted = async () => {
      const row = await inTenant(world.database.ownerDb, tenantId, readThinCount)
      return row.isWanted ? null : row.countedAt
    }
    const runs = () => runsOf(temporal, prefix, 'partitions')
    const planned = async () =>
      (
        await temporal.client.schedule.getHandle(maintenanceId(prefix, 'partitions')).describe()
      ).info.nextActionTimes.map((at) => at.getTime())
    try {
      await until(async () => (await counted()) !== null)
      await until(async () => loops.schedules.known[0]?.name === 'partitions')
      // Not in the moment before one is due.
      await until(async () => ((await planned())[0] ?? 0) > Date.now() + 3_000)
      const [first = 0, second = 0] = await planned()

      await server.stop()
      const before = await counted()
      await inTenant(world.database.ownerDb, tenantId, wantThinCount)
      await until(async () => (await counted()) !== null && (await counted()) !== before)
      await rest(second + 500 - Date.now())

      const back = Date.now()
      server = await start()
      const taken = async () => (await runs()).filter(({ takenAt }) => takenAt.getTime() > back)
      await until(async () => (await taken()).length > 0)
      await until(async () => (await schedules.list())[0]?.last?.status === 'completed')
      const [next] = await taken()
      const missed = (await taken()).filter(({ scheduledAt }) => scheduledAt.getTime() < back)
      expect(missed.length).toBeLessThanOrEqual(1)
      // A server that looks again only when the next run is due has none to make up for: that one takes its place.
      const isLate = (next?.takenAt.getTime() ?? 0) > second + 10_000
      expect(missed.length === 1 || isLate).toBe(true)
      expect(Math.min(...missed.map(({ scheduledAt }) => scheduledAt.getTime()))).toBeGreaterThan(first)
    } finally {
      await schedules.pause('partitions', 'the test is over').catch(() => undefined)
      await loops.stop()
      workers.shutdown()
      await running
      await temporal.connection.close()
    }
  })
})
