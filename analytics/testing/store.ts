import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
// Makes `clickhouseUrl` known to vitest's types.
import type {} from '#dev/stack/testing/stack.ts'
import { connectAnalytics } from '../client.ts'
import type { Analytics } from '../client.ts'
import { migrateAnalytics } from '../migrate.ts'

/** A database of its own on the real engine. */
export type TestStore = { readonly store: Analytics; readonly url: string; drop(): Promise<void> }

/** Creates a database with every table and no rows. */
export async function createTestStore(): Promise<TestStore> {
  const name = `test_${randomBytes(6).toString('hex')}`
  const server = connectAnalytics({ url: inject('clickhouseUrl'), timeoutMs: 15_000 })
  await server.command(`create database ${name}`)
  const url = new URL(inject('clickhouseUrl'))
  url.pathname = `/${name}`
  const store = connectAnalytics({ url: url.href, timeoutMs: 15_000 })
  await migrateAnalytics(store)
  return {
    store,
    url: url.href,
    drop: async () => {
      await store.close()
      await server.command(`drop database ${name}`)
      await server.close()
    },
  }
}
