/** The worker as a process: what it says when it cannot start, and that it ends without dropping what it has begun. */
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DefaultLogger, Runtime } from '@temporalio/worker'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { pickFreePort } from '#dev/stack/ports.ts'
import { createKeyFiles, type KeyFiles } from '#platform/crypto/key-files.ts'
import { loadKeys } from '#platform/crypto/keys.ts'
import { useDatabase } from '#platform/database/testing/open.ts'
import { useProcess } from '#platform/testing/run-process.ts'
import { connectTemporal, verificationsOver, type TemporalClient } from '#platform/temporal/temporal.ts'
import { inputFor, makeCase } from './testing/case.ts'
import { plainPolicy } from './testing/play.ts'
import { until } from './testing/until.ts'

Runtime.install({ logger: new DefaultLogger('ERROR') })

const startWorker = useProcess('worker')
const database = useDatabase()
const folder = mkdtempSync(join(tmpdir(), 'countersign-worker-'))
const mail = createHeldMail()
let files: KeyFiles
let temporal: TemporalClient
let smtpPort: number

beforeAll(async () => {
  files = createKeyFiles(join(folder, 'keys'))
  const [address, namespace] = [inject('temporalAddress'), inject('temporalNamespace')]
  temporal = await connectTemporal({ address, namespace, codecKeys: loadKeys(files.api, 'api').codec })
  smtpPort = await pickFreePort()
  await mail.listen(smtpPort)
})
afterAll(async () => {
  await mail.close()
  await temporal.connection.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A mail server that takes a message and keeps its sender waiting until the test lets it answer. */
function createHeldMail() {
  const waiting: (() => void)[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    onData: (stream, _session, callback) => {
      stream.resume()
      stream.once('end', () => waiting.push(callback))
    },
  })
  return {
    taken: () => waiting.length,
    answer: (): void => {
      for (const callback of waiting) callback()
    },
    listen: (port: number) =>
      new Promise<void>((resolve) =>
        server.listen(port, '127.0.0.1', () => {
          resolve()
        }),
      ),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(resolve)
      }),
  }
}

/** Starts the process as it is started in production. */
const startProcess = async (change: Readonly<Record<string, string>> = {}) => {
  const started = startWorker({
    NODE_ENV: 'test',
    LOG_LEVEL: 'warn',
    DATABASE_URL: database.addresses.workerUrl,
    CLICKHOUSE_URL: inject('clickhouseUrl'),
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    TEMPORAL_NAMESPACE: inject('temporalNamespace'),
    SMTP_URL: `smtp://127.0.0.1:${String(smtpPort)}`,
    MAIL_FROM: 'Help desk <helpdesk@example.org>',
    CONSOLE_URL: 'http://localhost:3700',
    PORTAL_URL: 'http://127.0.0.1:3710',
    KEY_FILE: files.worker,
    DATA_DIR: folder,
    WORKFLOW_BUNDLE: inject('workflowBundle'),
    METRICS_PORT: String(await pickFreePort()),
    ...change,
  })
  const ready = async (): Promise<number> => (await started.ready()).status
  return { ...started, ready, isReady: () => until(async () => (await ready()) === 200) }
}

const openInstall = () => {
  const prefix = `t-${randomBytes(4).toString('hex')}`
  const keys = loadKeys(files.api, 'api')
  const options = { address: inject('temporalAddress'), namespace: inject('temporalNamespace'), keys }
  const port = verificationsOver(temporal, { ...options, taskQueuePrefix: prefix, updateDeadlineMs: 80_000 })
  return { prefix, port }
}

describe('the worker process', { timeout: 150_000 }, () => {
  it('says in one sentence that Temporal is away, and ends; every line is JSON', async () => {
    const address = `127.0.0.1:${String(await pickFreePort())}`
    const { ended, lines } = await startProcess({ TEMPORAL_ADDRESS: address })
    expect(await ended).toBe(1)
    const [last] = lines().slice(-1)
    expect(last).toMatchObject({
      level: 'error',
      message: `The worker cannot go on: TEMPORAL_ADDRESS names ${address}, where no Temporal server answers.`,
    })
  })

  it('names the file of sources that is not there, and ends', async () => {
    const path = join(folder, 'none.json')
    const { ended, lines } = await startProcess({ DATA_SOURCES: path })
    expect(await ended).toBe(1)
    expect(lines()).toMatchObject([
      {
        message: `The worker cannot go on: DATA_SOURCES cannot be used: ${path} does not exist: DATA_SOURCES names the file of sources.`,
      },
    ])
  })

  it('R1: asked to end while a message is on its way, it waits for the answer; the next process continues from there', async ({
    onTestFinished,
  }) => {
    const { prefix, port } = openInstall()
    const first = await startProcess({ TASK_QUEUE_PREFIX: prefix })
    onTestFinished(() => void first.child.kill('SIGKILL'))
    await first.isReady()
    const keys = { api: loadKeys(files.api, 'api'), worker: loadKeys(files.worker, 'worker') }
    const of = await makeCase(database.owner, keys, { policy: plainPolicy })
    const { id: contactId, masked: contactMasked } = of.emailContact
    const input = inputFor(of, { channel: 'email', contactId, contactMasked })
    const opening = port.open(input, { requestId: randomUUID() })
    await until(() => Promise.resolve(mail.taken() === 1))

    first.child.kill('SIGTERM')
    // It takes nothing new and lets nothing go.
    await until(async () => (await first.ready()) === 503)
    expect(first.child.exitCode).toBeNull()
    mail.answer()
    expect(await first.ended).toBe(0)
    const sql = 'select status from deliveries where verification_id = $1'
    expect(await database.owner.query(sql, [input.verificationId])).toEqual([{ status: 'accepted' }])

    const second = await startProcess({ TASK_QUEUE_PREFIX: prefix })
    onTestFinished(() => void second.child.kill('SIGKILL'))
    expect(await opening).toMatchObject({ value: { state: 'link_sent', delivery: 'accepted' } })
    expect(mail.taken()).toBe(1)
    second.child.kill('SIGTERM')
    expect(await second.ended).toBe(0)
    const lines = [...first.lines(), ...second.lines()]
    expect(lines.filter(({ level }) => level === 'error')).toEqual([])
  })
})
