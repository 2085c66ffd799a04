import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { protect } from '#services/people/protected-accounts.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { openPlay } from '../testing/play.ts'
import { useTestWorld } from '../testing/test-world.ts'
import { until } from '../testing/until.ts'

const world = useTestWorld()

describe('deciding', () => {
  it('B1: nobody approves before the case is scored', async () => {
    const play = await openPlay(world)
    expect(await play.decide()).toEqual({ kind: 'refused', code: 'state_does_not_allow' })
  })

  it('D7: not a case of oneself', async () => {
    const play = await openPlay(world)
    await world.database.owner.run('update staff set person_id = $1 where id = $2', [
      play.of.person.id,
      play.of.agent.id,
    ])
    await play.typeCode()
    await play.complete()
    expect(await play.decide()).toMatchObject({ value: { refusal: 'own_case', state: 'awaiting_decision' } })
  })

  it('D7: not a case of oneself either where only the identity provider knows that the two are one', async () => {
    const play = await openPlay(world)
    const { owner } = world.database
    const { of } = play
    await owner.run(
      'update tenants set oidc_issuer = (select issuer from staff where id = $2) where id = $1',
      [of.tenantId, of.agent.id],
    )
    await owner.run(
      'update people set sign_in_subject = (select subject from staff where id = $2) where id = $1',
      [of.person.id, of.agent.id],
    )
    await owner.run('update staff set person_id = null where id = $1', [of.agent.id])
    await play.typeCode()
    await play.complete()
    expect(await play.decide()).toMatchObject({ value: { refusal: 'own_case', state: 'awaiting_decision' } })
  })

  it('D4: not what was shown', async () => {
    const play = await openPlay(world)
    await play.typeCode()
    await play.complete()
    expect(await play.decide('approved', play.of.agent.id, '0'.repeat(64))).toMatchObject({
      value: { refusal: 'state_does_not_allow', outcome: null },
    })
  })

  it('R3: the first decision wins', async () => {
    const play = await openPlay(world)
    await play.typeCode()
    await play.complete()
    const shown = await play.portal.shown()
    const [first, second] = await Promise.all([
      play.decide('refused', play.of.agent.id, shown),
      play.decide('approved', play.of.supervisor.id, shown),
    ])
    expect(
      [first, second].filter((reply) => reply.kind === 'answered' && reply.value.outcome !== null),
    ).toHaveLength(1)
    const decided = await play.rows(
      `select seq from audit where object_id = $1::text and type = 'verification.decided'`,
    )
    expect(decided).toHaveLength(1)
  })

  it('B16: a threat that is raised while a case waits holds it to the strictest rule, until two people lower it', async () => {
    const play = await openPlay(world)
    await play.typeCode()
    await play.complete()
    await world.database.owner.run(
      `insert into elevated_threats (tenant_id, id, reason, raised_by, raised_by_name) values ($1, $2, '', $3, 'Sam')`,
      [play.ref.tenantId, randomUUID(), play.of.supervisor.id],
    )
    expect(await play.decide()).toMatchObject({ value: { refusal: 'evidence_missing', outcome: null } })
    await world.database.owner.run(
      `update elevated_threats set lowering_asked_by = $2, lowered_by = $3, lowered_at = now() where tenant_id = $1`,
      [play.ref.tenantId, play.of.agent.id, play.of.supervisor.id],
    )
    expect(await play.decide()).toMatchObject({ value: { refusal: null, outcome: 'passed' } })
  })

  it('B16: a case that is scored while the threat is on asks for a second kind of evidence', async () => {
    const play = await openPlay(world)
    await world.database.owner.run(
      `insert into elevated_threats (tenant_id, id, reason, raised_by, raised_by_name) values ($1, $2, '', $3, 'Sam')`,
      [play.ref.tenantId, randomUUID(), play.of.supervisor.id],
    )
    await play.typeCode()
    await world.verifications.answersCompleted(play.ref, randomUUID())
    await until(async () => world.messenger.sent.some(({ to }) => to === play.of.email))
    const [scoring] = await play.rows(`select decision from scorings where verification_id::text = $1::text`)
    expect(scoring?.['decision']).toMatchObject({ answer: 'hold', next: 'second_contact' })
  })

  it.each([
    [
      'saved',
      `insert into policies (tenant_id, version, document, saved_by, saved_by_name)
       select tenant_id, version + 1, document, $2::uuid::text, 'Sam' from policies where tenant_id = $1
       order by version desc limit 1`,
    ],
    [
      'proposed',
      `insert into policy_proposals (tenant_id, id, base_version, document, reason, weakened, proposed_by, proposed_by_name, expires_at)
       select tenant_id, gen_random_uuid(), version, document, '', '{}', $2::uuid, 'Sam', now() + interval '1 day'
       from policies where tenant_id = $1 order by version desc limit 1`,
    ],
  ])(
    'D6: who %s a policy within a day approves nothing, whatever their role is by now; another one may',
    async (_, sql) => {
      const play = await openPlay(world)
      await play.typeCode()
      await play.complete()
      await world.database.owner.run(sql, [play.ref.tenantId, play.of.agent.id])
      expect(await play.decide()).toMatchObject({ value: { refusal: 'policy_and_cases', outcome: null } })
      expect(await play.decide('approved', play.of.supervisor.id)).toMatchObject({
        value: { refusal: null, outcome: 'passed' },
      })
    },
  )

  it('D3: an account that is put on the list while its case waits is not approved, by nobody', async () => {
    const play = await openPlay(world)
    await play.typeCode()
    await play.complete()
    const by = { id: play.of.supervisor.id, name: 'Sam' }
    await inTenant(world.database.api, play.ref.tenantId, (tx) => protect(tx, play.of.person.id, by, 'x'))
    for (const { id } of [play.of.agent, play.of.supervisor])
      expect(await play.decide('approved', id)).toMatchObject({
        value: { refusal: 'never_via_help_desk', outcome: null },
      })
  })
})
