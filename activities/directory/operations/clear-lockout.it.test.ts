import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { listen } from '#platform/database/notify.ts'
import { makeTenant } from '#platform/database/testing/factories.ts'
import { testWorldDeps } from '../../testing/test-world-deps.ts'
import { createFakeMessenger } from '../../testing/fakes.ts'
import { useDeps } from '../../testing/use-deps.ts'
import { DirectoryError } from '../directory-error.ts'
import type { DirectoryPerson, GuardedDirectory, StepAnswer } from '../port.ts'
import { syncPeople } from '../sync-people.ts'
import { all, person, saying } from '../testing/sync-scene.ts'
import { createClearLockout } from './clear-lockout.ts'

const open = useDeps()
const justNow = '2026-11-26T10:00:00.000Z'

type Says = {
  readonly lifted?: StepAnswer
  readonly refresh: (known: DirectoryPerson) => Promise<DirectoryPerson | null>
}

/**
 * A person of a directory called corp, locked when it was last read, after a new password; returns what their row says then.
 */
const after = async ({ lifted = 'done', refresh }: Says) => {
  const { database, keys } = open
  const { id: tenantId } = await makeTenant(database.owner)
  const known = person('ada', { state: 'locked' })
  await syncPeople({ db: database.worker, keys: keys.worker }, tenantId, 'corp', saying(all(known)))
  const row = await database.owner.one<{ id: string }>(
    `update people set refreshed_at = now() - interval '2 hours' where tenant_id = $1 returning id`,
    [tenantId],
  )
  const personId = row?.id ?? ''
  const directory = { clearLockout: () => Promise.resolve(lifted), refresh: () => refresh(known) }
  const deps = testWorldDeps(database.worker, keys.worker, createFakeMessenger())
  const clear = createClearLockout({
    ...deps,
    openDirectory: () => directory as unknown as GuardedDirectory,
  })
  const reset = {
    ...{ tenantId, personId, verificationId: randomUUID(), policyVersion: 1, workflowId: 'w' },
    run: { id: randomUUID(), startedAt: justNow },
  }
  const told: string[] = []
  const listener = await listen(database.worker, {
    onChange: ({ channel, id }) => told.push(`${channel} ${id}`),
  })
  try {
    await clear({ operation: { reset, grantId: randomUUID(), attempt: 1, operationId: 'set-password-1' } })
    // Open consoles may have fetched the case from before, when the password was new.
    await expect.poll(() => told).toContain(`verification ${reset.verificationId}`)
  } finally {
    await listener.stop()
  }
  return database.owner.one(
    `select account_state as state, refreshed_at > now() - interval '1 minute' as "isFresh",
       password_changed_at = $2 as "isNewPassword" from people where id = $1`,
    [personId, justNow],
  )
}

it('R12: what is stored of the person after a new password is what the directory says then', async () => {
  const refresh = (known: DirectoryPerson) =>
    Promise.resolve({ ...known, state: 'active' as const, passwordChangedAt: justNow })
  const whole = { state: 'active', isFresh: true, isNewPassword: true }
  expect(await after({ refresh })).toEqual(whole)
  expect(await after({ lifted: 'not_offered', refresh }), 'where no lockout can be lifted').toEqual(whole)
})

it('shows a person who was locked again since as locked', async () => {
  const refresh = (known: DirectoryPerson) => Promise.resolve(known)
  expect(await after({ refresh })).toMatchObject({ state: 'locked', isFresh: true })
})

it('R12: a directory that does not answer the reading changes nothing: the lock that it lifted is gone', async () => {
  const refresh = () => Promise.reject(new DirectoryError('unreachable'))
  expect(await after({ refresh })).toMatchObject({ state: 'active', isFresh: false })
  expect(await after({ lifted: 'failed', refresh })).toMatchObject({ state: 'locked', isFresh: false })
})
