import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { sendNotices } from '../messaging/notice-loop.ts'
import { gapsOf } from '../testing/gaps.ts'
import { openPlay, playToGrant } from '../testing/play.ts'
import { useTestWorld } from '../testing/test-world.ts'

const world = useTestWorld()
const owner = () => world.database.owner

describe('G1: every change has its event, and every event its change', () => {
  it('over a whole reset, with wrong codes, a refused password and notices', async () => {
    const play = await playToGrant(world)
    await play.submit('short')
    await play.submit('an entirely new passphrase 42')
    await expect
      .poll(async () => (await play.row('actions'))['sessions_ended'], { timeout: 10_000 })
      .toBe('done')
    while ((await sendNotices(world.deps, play.of.tenantId)) > 0);
    expect(await gapsOf(owner(), play.ref.verificationId)).toEqual([])
  })

  it('over a case with two links, wrong codes and a cancellation', async () => {
    const play = await openPlay(world)
    for (let n = 0; n < 3; n += 1) await play.typeCode('000000')
    const actor = { kind: 'agent', id: play.of.agent.id } as const
    await world.verifications.resend(
      play.ref,
      {
        channel: 'email',
        contactId: play.of.emailContact.id,
        contactMasked: play.of.emailContact.masked,
        actor,
      },
      { requestId: randomUUID() },
    )
    await world.verifications.cancel(play.ref, { actor, reason: 'again' }, { requestId: randomUUID() })
    await play.reaches('closed')
    expect(await gapsOf(owner(), play.ref.verificationId)).toEqual([])
  })

  it('finds a change that was made behind its back, and an event that tells of none', async () => {
    const play = await openPlay(world)
    await owner().run(
      `update verifications set decision = 'approved', state = 'closed', outcome = 'passed' where id = $1`,
      [play.ref.verificationId],
    )
    await owner().run(`update deliveries set status = 'begun' where verification_id = $1`, [
      play.ref.verificationId,
    ])
    expect(await gapsOf(owner(), play.ref.verificationId)).toEqual([
      { what: 'links', changes: 0, events: 1 },
      { what: 'decisions', changes: 1, events: 0 },
      { what: 'ends', changes: 1, events: 0 },
    ])
  })
})
