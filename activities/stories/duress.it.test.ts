/** The silent signal of an agent who is forced: what was approved stays pending, and nothing tells. */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  purposes,
  isActing,
  type ActingPurpose,
  plainPurposes,
  type PlainPurpose,
} from '#domain/verification/verification.ts'
import { addCaseCopy, clearDuress, lockMark } from '#services/reports/duress.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import type { GuardedAct, GuardedDirectory } from '../directory/port.ts'
import { watchDuress } from '../maintenance/watch-duress.ts'
import { signAgain } from '../testing/age-signed.ts'
import { makeApprovedReset } from '../testing/approved-reset.ts'
import { openPlay, plainPolicy, playToGrant } from '../testing/play.ts'
import { useTestWorld } from '../testing/test-world.ts'
import { until } from '../testing/until.ts'
import { useDeps } from '../testing/use-deps.ts'

const world = useTestWorld()

/** A supervisor clears the mark after they saw the agent; false: the case has no mark. */
const clear = async (tx: Tx, verificationId: string): Promise<boolean> => {
  const mark = await lockMark(tx, verificationId)
  if (mark === undefined) return false
  await clearDuress(tx, verificationId, mark, { id: randomUUID(), name: 'Sam', reason: 'saw them' })
  return true
}

/** A case of an agent that waits for their decision. */
const openCase = async () => {
  const play = await openPlay(world, {}, { policy: plainPolicy })
  await play.typeCode()
  await play.complete()
  const { tenantId, verificationId } = play.ref
  const press = (times: number) =>
    inTenant(world.database.api, tenantId, async (tx) => {
      for (let n = 0; n < times; n += 1) await addCaseCopy(tx, verificationId, play.of.agent.id)
    })
  const grants = async () => (await play.rows('select 1 from grants where verification_id = $1')).length
  const events = async () =>
    (await play.rows('select type from audit where object_id = $1::text order by seq')).map(
      ({ type }) => type,
    )
  const clearIt = () => inTenant(world.database.api, tenantId, (tx) => clear(tx, verificationId))
  return { ...play, press, grants, events, clear: clearIt }
}
/** Until the child asked for its grant at least once more than a retry ago: it had every chance to get one. */
const waits = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5_000))

describe('an approval of a marked case', () => {
  it('is answered and recorded like any other, and stays pending until a supervisor clears it', async () => {
    const [marked, plain] = [await openCase(), await openCase()]
    await marked.press(3)
    await plain.press(2)
    const [heldAnswer, plainAnswer] = [await marked.decide(), await plain.decide()]
    expect(heldAnswer).toEqual(plainAnswer)
    await plain.acts('granted')
    const toldOfPlain = (await plain.events()).filter((type) => type !== 'grant.issued')
    await waits()
    expect([await marked.grants(), await marked.row('actions')]).toEqual([0, {}])
    expect(await marked.events()).toEqual(toldOfPlain)
    // The worker's look at it changes nothing of that, and its mark is what a supervisor clears.
    await watchDuress(world.deps, marked.ref.tenantId)
    expect(await marked.row()).toMatchObject({ state: 'closed', outcome: 'passed', decision: 'approved' })
    expect(await marked.grants()).toBe(0)
    expect(await marked.clear()).toBe(true)
    await marked.acts('granted')
    expect(await marked.grants()).toBe(1)
  })

  it('ends as what is too old does where nobody clears it in time (D5)', async () => {
    const marked = await openCase()
    await marked.press(4)
    await marked.decide()
    await until(async () => (await marked.row())['decision'] === 'approved')
    const { tenantId, verificationId } = marked.ref
    await inTenant(world.database.worker, tenantId, (tx) =>
      signAgain(world.database.owner, tx, world.keys.worker, verificationId, 2 * 3600),
    )
    await marked.acts('expired')
    expect([await marked.grants(), (await marked.row('actions'))['reason']]).toEqual([0, 'time_over'])
  })

  it('that was granted a moment before the signal waits as well, tells nothing, and is done once it is cleared', async () => {
    const play = await playToGrant(world)
    const { tenantId, verificationId } = play.ref
    await inTenant(world.database.api, tenantId, async (tx) => {
      for (let n = 0; n < 3; n += 1) await addCaseCopy(tx, verificationId, play.of.agent.id)
    })
    const before = await play.row('actions')
    const told = await play.rows('select type from audit where object_id = $1::text order by seq')
    const answer = play.submit('an entirely new passphrase 42')
    await waits()
    expect([(await play.account()).version, await play.row('actions')]).toEqual([1, before])
    expect(await play.rows('select type from audit where object_id = $1::text order by seq')).toEqual(told)
    await watchDuress(world.deps, tenantId)
    const cleared = await inTenant(world.database.api, tenantId, (tx) => clear(tx, verificationId))
    expect(cleared).toBe(true)
    await answer
    await play.acts('completed')
    expect((await play.account()).version).toBe(2)
  })

  it('lets “this was not me” end it, with no grant ever', async () => {
    const marked = await openCase()
    await marked.press(3)
    await marked.decide()
    await world.database.owner.run(
      `insert into reports (tenant_id, id, verification_id, person_id, source) values ($1, gen_random_uuid(), $2, $3, 'message')`,
      [marked.ref.tenantId, marked.ref.verificationId, marked.of.person.id],
    )
    await marked.acts('failed')
    expect(await marked.grants()).toBe(0)
  })
})

describe('G8: the grant', () => {
  const scene = useDeps()

  it('is refused for the moment by the presses alone, before the worker looked, with nothing recorded', async () => {
    const { of, reset, issueGrant, events } = await makeApprovedReset(scene)
    await inTenant(scene.database.api, of.tenantId, async (tx) => {
      for (let n = 0; n < 3; n += 1) await addCaseCopy(tx, reset.verificationId, of.agent.id)
    })
    await expect(issueGrant()).rejects.toMatchObject({ type: 'not_yet', nonRetryable: false })
    expect(await events()).toEqual([])
    expect(await watchDuress(scene.deps(), of.tenantId)).toBe(1)
    expect(await watchDuress(scene.deps(), of.tenantId)).toBe(0)
    await expect(issueGrant()).rejects.toMatchObject({ type: 'not_yet' })
    await inTenant(scene.database.api, of.tenantId, (tx) => clear(tx, reset.verificationId))
  })
})

type WriteUnder = (
  directory: GuardedDirectory,
  act: GuardedAct,
  inputId: string,
  sessionId: string,
) => unknown

/** A case whose grant was signed a moment before the signal, and what is done under it. */
describe('G8: a grant that was signed before the signal', () => {
  const scene = useDeps()
  const writes = {
    password_reset: (directory, act, inputId) => directory.setPassword({ ...act, inputId }),
    mfa_reset: (directory, act, _inputId, sessionId) => directory.resetMfa({ ...act, sessionId }),
    ...(Object.fromEntries(
      plainPurposes.map((one): [PlainPurpose, WriteUnder] => [
        one,
        (directory, act) => directory.write(one, act),
      ]),
    ) as Record<PlainPurpose, WriteUnder>),
  } satisfies Record<ActingPurpose, WriteUnder>

  it.each(purposes.filter(isActing))(
    '%s: writes nothing until the signal is cleared, begins nothing and is not spent; it is done once a supervisor cleared it',
    async (purpose) => {
      const approved = await makeApprovedReset(scene, { purpose })
      const { of, reset, issueGrant, intend, portal } = approved
      const grantId = String((await issueGrant()).grantId)
      const { tenantId, verificationId } = reset
      const directory = scene.deps().openDirectory(tenantId, 'builtin')
      await scene.database.owner.run(
        `update directory_accounts set state = 'locked' where tenant_id = $1 and $2 = 'account_unlock'`,
        [tenantId, purpose],
      )
      const write = async () => {
        const act = { verificationId, grantId, operationId: await intend(grantId) }
        const inputId = await portal.typePassword('an unusual passphrase 42')
        return writes[purpose](directory, act, inputId, approved.sessionId)
      }
      const stands = () =>
        scene.database.owner.one(
          `select (select count(*)::integer from intents i where i.verification_id = g.verification_id and i.acted_at is not null) as begun,
             g.spent_at is not null as "isSpent",
             (select version::integer from directory_accounts d where d.tenant_id = g.tenant_id) as version
           from grants g where g.id = $1`,
          [grantId],
        )
      await inTenant(scene.database.api, tenantId, async (tx) => {
        for (let n = 0; n < 3; n += 1) await addCaseCopy(tx, verificationId, of.agent.id)
      })
      const untouched = await stands()
      expect(untouched).toMatchObject({ begun: 0, isSpent: false })
      expect(await write()).toEqual({ kind: 'refused', problem: 'on_hold' })
      await watchDuress(scene.deps(), tenantId)
      expect(await write()).toEqual({ kind: 'refused', problem: 'on_hold' })
      expect(await stands()).toEqual(untouched)
      const cleared = await inTenant(scene.database.api, tenantId, (tx) => clear(tx, verificationId))
      expect(cleared).toBe(true)
      expect(await write()).toMatchObject({ kind: 'accepted' })
      expect(await stands()).toMatchObject({ begun: 1, isSpent: true })
    },
  )
})
