import { NativeConnection } from '@temporalio/worker'
import { afterAll, beforeAll, inject } from 'vitest'
// Makes the engines' addresses known to vitest's types.
import type {} from '#dev/stack/testing/stack.ts'
import type { TestServer } from './play.ts'

/** Opens a test server before the file's tests and closes it after them. `addressOf` is asked when they begin. */
export const useTestServer = (addressOf: () => string): (() => TestServer) => {
  let open: TestServer | undefined
  beforeAll(async () => {
    const connection = await NativeConnection.connect({ address: addressOf() })
    open = { connection, namespace: inject('temporalNamespace'), bundlePath: inject('workflowBundle') }
  })
  afterAll(async () => {
    if (open === undefined) return
    await open.connection.close()
  })
  return () => {
    if (open === undefined) throw new Error('the test server is open inside tests only')
    return open
  }
}
