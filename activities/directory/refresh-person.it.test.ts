import { randomUUID } from 'node:crypto'
import { setTimeout as rest } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { inTenant } from '#platform/database/transaction.ts'
import { readContacts } from '#services/people/contacts.ts'
import { inputFor, makeCase } from '../testing/case.ts'
import { createFakeMessenger } from '../testing/fakes.ts'
import { plainPolicy } from '../testing/play.ts'
import { testWorldDeps } from '../testing/test-world-deps.ts'
import { useDeps } from '../testing/use-deps.ts'
import { createDeliverLink } from '../verification/deliver-link.ts'
import { DirectoryError } from './directory-error.ts'
import type { DirectoryPerson, DirectoryReading, GuardedDirectory } from './port.ts'
import { syncPeople } from './sync-people.ts'
import { all, person, saying } from './testing/sync-scene.ts'

const open = useDeps()

/** A person of a directory called corp, read a while ago; and a link to them, whatever the directory answers now. */
const openScene = async () => {
  const { database, keys } = open
  const of = await makeCase(database.owner, keys, { policy: plainPolicy })
  const { tenantId } = of
  const known = person('ada')
  await syncPeople({ db: database.worker, keys: keys.worker }, tenantId, 'corp', saying(all(known)))
  const row = await database.owner.one<{ id: string }>(
    `update people set refreshed_at = now() - interval '2 hours' where tenant_id = $1 and directory = 'corp' returning id`,
    [tenantId],
  )
  const personId = row?.id ?? ''
  await database.owner.run(
    `update contacts set first_seen_at = now() - interval '1 year', last_changed_at = now() - interval '1 year' where person_id = $1`,
    [personId],
  )
  const contacts = () => inTenant(database.worker, tenantId, (tx) => readContacts(tx, keys.worker, personId))
  const contact = (await contacts()).find(({ kind }) => kind === 'email')
  if (contact === undefined) throw new Error('they have an address')
  const messenger = createFakeMessenger()
  const deliver = (refresh: DirectoryReading['refresh']) => {
    const input = inputFor(of, { personId, channel: 'email', contactId: contact.id })
    const run = { id: randomUUID(), startedAt: new Date().toISOString() }
    const deps = testWorldDeps(database.worker, keys.worker, messenger)
    return createDeliverLink({ ...deps, openDirectory: () => ({ refresh }) as unknown as GuardedDirectory })({
      case: { ...input, createdAt: run.startedAt, expiresAt: run.startedAt, run },
      ...{ ordinal: 1, channel: 'email', contactId: contact.id, linkSeconds: 600 },
    })
  }
  const stored = () =>
    database.owner.one<{ title: string | null; isFresh: boolean; state: string }>(
      `select title, refreshed_at > now() - interval '1 minute' as "isFresh", account_state as state from people where id = $1`,
      [personId],
    )
  return { known, deliver, stored, contacts, sent: () => messenger.sent.length }
}

const says = (found: DirectoryPerson | null) => () => Promise.resolve(found)

describe('a verification starts on what the directory says of the person now', () => {
  it('stores what is new before the link goes out', async () => {
    const scene = await openScene()
    const sent = await scene.deliver(says({ ...scene.known, title: 'Director' }))
    expect(sent).toMatchObject({ delivery: 'accepted', person: 'read' })
    expect(await scene.stored()).toEqual({ title: 'Director', isFresh: true, state: 'active' })
  })

  it('N8, R12: continues where it does not answer in time, and says so', async () => {
    const scene = await openScene()
    const startedAt = performance.now()
    const sent = await scene.deliver((_, signal) => {
      // As an adapter does: nothing comes until the deadline.
      const until = rest(60_000, null, { signal: signal ?? AbortSignal.timeout(0) })
      return until.catch(() => Promise.reject(new DirectoryError('unreachable')))
    })
    expect(performance.now() - startedAt).toBeLessThan(8_000)
    expect(sent).toMatchObject({ delivery: 'accepted', person: 'late' })
    expect(await scene.stored()).toMatchObject({ isFresh: false })
  })

  it('B19: sends nothing to an address that the directory has no more, and takes nothing away before a sync did', async () => {
    const scene = await openScene()
    const before = await scene.contacts()
    const sent = await scene.deliver(says({ ...scene.known, workEmail: null, contacts: [] }))
    expect(sent).toMatchObject({ delivery: 'refused', refusal: 'contact_not_on_file' })
    expect([scene.sent(), (await scene.contacts()).length]).toEqual([0, before.length])
  })

  it('N6: sends nothing to a person whom the directory has no more', async () => {
    const scene = await openScene()
    const sent = await scene.deliver(says(null))
    expect(sent).toMatchObject({ delivery: 'refused', refusal: 'contact_not_allowed' })
    expect([scene.sent(), await scene.stored()]).toMatchObject([0, { state: 'active' }])
  })

  it('asks nobody where accounts are our own rows', async () => {
    const { database, keys } = open
    const of = await makeCase(database.owner, keys, { policy: plainPolicy })
    const input = inputFor(of)
    const run = { id: randomUUID(), startedAt: new Date().toISOString() }
    const sent = await createDeliverLink(open.deps())({
      case: { ...input, createdAt: run.startedAt, expiresAt: run.startedAt, run },
      ...{ ordinal: 1, channel: input.channel, contactId: input.contactId, linkSeconds: 600 },
    })
    expect([sent.delivery, 'person' in sent]).toEqual(['accepted', false])
  })
})
