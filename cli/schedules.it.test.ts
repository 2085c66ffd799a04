import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DefaultLogger, Runtime } from '@temporalio/worker'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { until } from '#activities/testing/until.ts'
import { createWorkers, type Workers } from '#activities/worker.ts'
// Makes the engines' addresses known to vitest's types.
import type {} from '#dev/stack/testing/stack.ts'
import { pickFreePort } from '#dev/stack/ports.ts'
import { createKeyFiles } from '#platform/crypto/key-files.ts'
import { loadKeys } from '#platform/crypto/keys.ts'
import { maintenanceId } from '#platform/temporal/temporal-schedules.ts'
import { connectTemporal, type TemporalClient } from '#platform/temporal/temporal.ts'
import { createMocks } from '#workflows/testing/mocks.ts'
import { CommandError, UsageError } from './command.ts'
import { schedulesCommand } from './schedules.ts'

Runtime.install({ logger: new DefaultLogger('ERROR') })

const folder = mkdtempSync(join(tmpdir(), 'countersign-schedules-'))
const { worker: keyFile } = createKeyFiles(folder)
const prefix = `t-${randomBytes(4).toString('hex')}`
let temporal: TemporalClient
let workers: Workers
let done: Promise<void>
const calls: string[] = []

beforeAll(async () => {
  const [address, namespace] = [inject('temporalAddress'), inject('temporalNamespace')]
  const { codec: codecKeys } = loadKeys(keyFile, 'worker')
  temporal = await connectTemporal({ address, namespace, codecKeys })
  const mocks = createMocks({})
  workers = await createWorkers(
    {
      ...{ connection: temporal.connection, namespace, codecKeys, taskQueuePrefix: prefix },
      ...{ bundlePath: inject('workflowBundle'), maxActivities: 2 },
    },
    {
      ...mocks,
      lookAtContacts: () => {
        calls.push('lookAtContacts')
        return mocks.lookAtContacts()
      },
    },
  )
  done = workers.run()
})
afterAll(async () => {
  for await (const { scheduleId } of temporal.client.schedule.list())
    if (scheduleId.startsWith(prefix)) await temporal.client.schedule.getHandle(scheduleId).delete()
  workers.shutdown()
  await done
  await temporal.connection.close()
  rmSync(folder, { recursive: true, force: true })
})

const run = (args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
  schedulesCommand.run(args, {
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    TEMPORAL_NAMESPACE: inject('temporalNamespace'),
    TASK_QUEUE_PREFIX: prefix,
    KEY_FILE: keyFile,
    ...more,
  })
const lineOf = async (name: string): Promise<string> =>
  (await run(['list'])).split('\n').find((line) => line.startsWith(`${name} `)) ?? ''

describe('schedules at the shell', { timeout: 60_000 }, () => {
  it('are made, listed, paused with a reason, resumed, and run at once', async () => {
    expect(await run(['list'])).toBe('There is no schedule yet: start a worker, or run `schedules sync`.')
    await expect(run(['run', 'contacts'])).rejects.toThrow(
      new CommandError('There is no schedule contacts yet: run `schedules sync`.'),
    )
    const made = await run(['sync'])
    expect(made).toContain('contacts was made.')
    // Directories are read where the environment names some.
    expect(made).not.toContain('directories')
    expect(await run(['sync'])).toBe('Every schedule is as this release wants it.')
    expect(await run(['sync'], { DIRECTORIES: '/etc/directories.json' })).toBe(
      'directories was made.\nsign-in-logs was made.',
    )

    await until(async () => (await lineOf('contacts')).includes('completed'), 30_000)
    expect(await lineOf('contacts')).toMatch(
      /^contacts {2}every day {2}last run \d{4}-\d\d-\d\dT[\d:]{8}Z completed {2}next run \d{4}-\d\d-\d\dT[\d:]{8}Z$/,
    )
    expect(await lineOf('directories')).toContain('every minute')

    expect(await run(['pause', 'contacts', 'until', 'the', 'move'])).toMatch(
      /^contacts is paused\. It stays so/,
    )
    expect(await lineOf('contacts')).toMatch(/ {2}paused \(until the move\)$/)
    await run(['pause', 'old-data'])
    expect(await lineOf('old-data')).toMatch(/ {2}paused \(from the shell\)$/)
    // A paused schedule can be run all the same.
    const before = calls.length
    expect(await run(['run', 'contacts'])).toMatch(/^contacts runs now/)
    await until(() => Promise.resolve(calls.length === before + 1), 30_000)
    expect(await run(['resume', 'contacts'])).toBe('contacts runs again.')
    expect(await lineOf('contacts')).toMatch(/ {2}next run /)
    const id = maintenanceId(prefix, 'contacts')
    expect((await temporal.client.schedule.getHandle(id).describe()).state.paused).toBe(false)
  })

  it('say what was not understood, and what is missing, before anything is asked', async () => {
    for (const args of [[], ['list', 'all'], ['stop', 'contacts'], ['pause'], ['run', 'everything']])
      await expect(run(args)).rejects.toThrow(UsageError)
    await expect(run(['run', 'everything'])).rejects.toThrow(
      /^Name one of directories, sign-in-logs, question-lists, /,
    )
    await expect(schedulesCommand.run(['list'], {})).rejects.toThrow(
      /TEMPORAL_ADDRESS is missing\n {2}KEY_FILE is missing/,
    )
    const address = `127.0.0.1:${String(await pickFreePort())}`
    await expect(run(['list'], { TEMPORAL_ADDRESS: address })).rejects.toThrow(
      new CommandError(`TEMPORAL_ADDRESS names ${address}, where no Temporal server answers.`),
    )
  })
})
