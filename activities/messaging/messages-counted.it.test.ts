import { expect, it } from 'vitest'
import { makeContact } from '#platform/database/testing/factories.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { addNotices } from '#services/sending/notices.ts'
import { sendNotices } from './notice-loop.ts'
import { playToGrant } from '../testing/play.ts'
import { useTestWorld } from '../testing/test-world.ts'

const world = useTestWorld()

const drain = async (tenantId: string): Promise<void> => {
  while ((await sendNotices(world.deps, tenantId)) > 0);
}

const sentTo = (...recipients: readonly string[]) =>
  world.messenger.sent.filter(({ to }) => recipients.includes(to)).map(({ channel, to }) => [channel, to])

it('an ordinary reset sends four messages: the link, the notice of the start, and one of the end to each contact', async () => {
  const { of, submit } = await playToGrant(world)
  expect(await submit('a good passphrase 771')).toMatchObject({ value: { action: 'completed' } })
  await drain(of.tenantId)
  expect(sentTo(of.phone, of.email).sort()).toEqual([
    ['email', of.email],
    ['email', of.email],
    ['sms', of.phone],
    ['sms', of.phone],
  ])
})

it('B18: a landline gets no SMS, whether its source says so or the numbering plan alone', async () => {
  const { of, ref } = await playToGrant(world)
  const [said, planned] = ['+447700900999', '+442079460123']
  const { owner } = world.database
  const { id } = await makeContact(owner, world.keys.worker, of.person, said)
  await owner.run(`update contacts set line_type = 'fixed' where id = $1`, [id])
  await makeContact(owner, world.keys.worker, of.person, planned)
  await owner.run(`update contacts set line_type = null where person_id = $1 and id <> $2`, [
    of.person.id,
    id,
  ])
  const about = { verificationId: ref.verificationId, personId: of.person.id, exceptContactId: null }
  await inTenant(world.deps.db, of.tenantId, (tx) => addNotices(tx, { ...about, kind: 'stopped' }))
  const written = await owner.query<{ id: string }>(
    `select contact_id as id from notices where tenant_id = $1 and kind = 'stopped'`,
    [of.tenantId],
  )
  expect(written.map((row) => row.id)).not.toContain(id)
  await drain(of.tenantId)
  expect(sentTo(said, planned)).toEqual([])
  expect(sentTo(of.phone)).not.toEqual([])
})
