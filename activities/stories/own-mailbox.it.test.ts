import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Policy } from '#domain/policy/policy.ts'
import { makeContact } from '#platform/database/testing/factories.ts'
import { makeCase, type TestCase } from '../testing/case.ts'
import { openIn, plainPolicy } from '../testing/play.ts'
import { useTestWorld } from '../testing/test-world.ts'

const world = useTestWorld()

/** A participant who gets mail where the account itself does, beside a number and a private mailbox. */
const caseOf = async (change: (policy: Policy) => Policy = (policy) => policy) => {
  const policy = (base: Policy): Policy => change(plainPolicy(base))
  const of = await makeCase(world.database.owner, world.keys, { policy })
  const own = `${of.person.login}@corp.example`
  const work = await makeContact(world.database.owner, world.keys.worker, of.person, own, { label: 'work' })
  return { of, own, work }
}

const removed = (...contacts: readonly { readonly id: string }[]) =>
  world.database.owner.run('update contacts set removed_at = now() where id = any ($1)', [
    contacts.map(({ id }) => id),
  ])

/** The link went to a mailbox of the account and came back. */
const byMail = async (of: TestCase, address: string, contactId: string) => {
  const play = await openIn(world, { ...of, email: address }, { channel: 'email', contactId })
  await play.typeCode()
  await world.verifications.answersCompleted(play.ref, randomUUID())
  const decision = `select decision->'reasons' as reasons, decision->>'answer' as answer from scorings
    where verification_id = $1 order by ordinal`
  const recorded = `select decision->'wouldAsk' as "wouldAsk" from scorings where verification_id = $1 order by ordinal`
  return { ...play, decisions: () => play.rows(decision), recorded: () => play.rows(recorded) }
}

describe('B5: a link to the mailbox of the account itself', () => {
  it('is not enough: a code to another contact completes the evidence', async () => {
    const { of, own, work } = await caseOf()
    const play = await byMail(of, own, work.id)
    const code = await world.messenger.codeFor(of.phone)
    const typed = await play.portal.typeSecondCode(code)
    expect(await world.verifications.submitSecondCode(play.ref, typed)).toMatchObject({
      value: { accepted: true },
    })
    await play.reaches('awaiting_decision')
    expect(await play.decisions()).toEqual([
      { answer: 'hold', reasons: ['own_mailbox', 'evidence_missing'] },
      { answer: 'approve', reasons: ['nothing_against'] },
    ])
  })

  it('is not completed by a code to another mailbox of the account', async () => {
    const { of, own, work } = await caseOf()
    await makeContact(world.database.owner, world.keys.worker, of.person, `alias.${own}`, { label: 'work' })
    await removed(of.phoneContact, of.emailContact)
    const before = world.messenger.sent.length
    const play = await byMail(of, own, work.id)
    await play.reaches('awaiting_decision')
    expect(await play.row()).toMatchObject({ recommendation: 'hold', instruction: 'new_evidence' })
    expect(world.messenger.sent.slice(before).filter(({ text }) => text.includes('code is'))).toEqual([])
    expect(await play.decide('approved')).toMatchObject({ value: { outcome: null } })
  })
})

describe('a policy that only records the demand', () => {
  const onlyRecorded = (policy: Policy): Policy => ({
    ...policy,
    score: { ...policy.score, onlyRecorded: { own_mailbox: true } },
  })
  const twoKinds = (policy: Policy): Policy => {
    const { password_reset } = policy.rules
    const standard = { ...password_reset.standard, classesNeeded: 2 }
    return { ...policy, rules: { ...policy.rules, password_reset: { ...password_reset, standard } } }
  }
  const recorded = { demand: 'own_mailbox', reasons: ['own_mailbox'] }

  it('asks for nothing more, and keeps with the case that it would have, and whether there was a way', async () => {
    const { of, own, work } = await caseOf(onlyRecorded)
    const play = await byMail(of, own, work.id)
    await play.reaches('awaiting_decision')
    expect(await play.decisions()).toEqual([{ answer: 'approve', reasons: ['nothing_against'] }])
    expect(await play.recorded()).toEqual([{ wouldAsk: [{ ...recorded, hasWay: true }] }])
    const other = await caseOf(onlyRecorded)
    await removed(other.of.phoneContact, other.of.emailContact)
    const alone = await byMail(other.of, other.own, other.work.id)
    await alone.reaches('awaiting_decision')
    expect(await alone.recorded()).toEqual([{ wouldAsk: [{ ...recorded, hasWay: false }] }])
  })

  it('holds a case that needs two kinds anyway: the worker refuses an approval, whatever the API asks of it', async () => {
    const { of, own, work } = await caseOf((policy) => onlyRecorded(twoKinds(policy)))
    await removed(of.phoneContact, of.emailContact)
    const play = await byMail(of, own, work.id)
    await play.reaches('awaiting_decision')
    expect(await play.row()).toMatchObject({ recommendation: 'hold' })
    expect(await play.recorded()).toEqual([{ wouldAsk: null }])
    expect(await play.decide('approved')).toMatchObject({ value: { outcome: null } })
  })
})
