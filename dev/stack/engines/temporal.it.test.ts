import { Client, Connection } from '@temporalio/client'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, it } from 'vitest'
import { cacheFolder, openDataFolder } from '../data-folder.ts'
import { pickFreePort } from '../ports.ts'
import { checkNamedTemporal, type RunningTemporal, startTemporal } from './temporal.ts'

async function withClient<T>(address: string, work: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address })
  try {
    return await work(new Client({ connection }))
  } finally {
    await connection.close()
  }
}

it('keeps its cases when it is killed and started again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-temporal-'))
  const start = async (): Promise<RunningTemporal> =>
    startTemporal({
      cacheDir: cacheFolder(openDataFolder(process.env['COUNTERSIGN_DATA'])),
      port: await pickFreePort(),
      namespace: 'default',
      dbFile: join(folder, 'temporal.db'),
      notify: () => undefined,
    })
  const workflowId = randomUUID()
  const first = await start()
  await withClient(first.address, (client) =>
    client.workflow.start('nobodyRunsThis', { workflowId, taskQueue: 'nobody' }),
  )
  if (first.child.pid !== undefined) process.kill(first.child.pid, 'SIGKILL')
  await first.child.exited
  const second = await start()
  const found = await withClient(second.address, (client) => client.workflow.getHandle(workflowId).describe())
  expect(found.status.name).toBe('RUNNING')
  await second.stop()
  rmSync(folder, { recursive: true, force: true })
})

it('says what a named server lacks', async () => {
  const address = inject('temporalAddress')
  await expect(checkNamedTemporal(address, inject('temporalNamespace'))).resolves.toBeUndefined()
  await expect(checkNamedTemporal(address, 'elsewhere')).rejects.toThrow('has no namespace elsewhere')
  const nobody = `127.0.0.1:${String(await pickFreePort())}`
  await expect(checkNamedTemporal(nobody, 'default')).rejects.toThrow(`TEMPORAL_ADDRESS names ${nobody}`)
})
