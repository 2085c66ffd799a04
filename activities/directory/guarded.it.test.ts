import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { addIntent, beginWrite, resolveIntent } from '#services/actions/intents.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { playToGrant } from '../testing/play.ts'
import { useTestWorld } from '../testing/test-world.ts'
import { createBuiltin } from './builtin.ts'
import { DirectoryError } from './directory-error.ts'
import { guard } from './guarded.ts'
import type { Directory } from './port.ts'

const world = useTestWorld()
type Play = Awaited<ReturnType<typeof playToGrant>>

/** Each intent of a case is another attempt. */
let attempts = 0

/** Writes as an attacker inside the worker would: with a password in place, an intent of its own and any grant. */
const write = async (
  on: Play,
  grantId: string,
  tenantId = on.of.tenantId,
  directory = world.deps.openDirectory(tenantId, 'builtin'),
) => {
  const { verificationId } = on.ref
  const operationId = randomUUID()
  attempts += 1
  const attempt = attempts
  const inputId = await on.portal.typePassword('an unwanted passphrase 99')
  await inTenant(world.database.worker, tenantId, (tx) =>
    addIntent(tx, {
      kind: 'set_password',
      operationId,
      grantId,
      verificationId,
      personId: on.of.person.id,
      attempt,
      versionBefore: '1',
    }),
  )
  const answer = await directory.setPassword({ verificationId, grantId, operationId, inputId })
  return { answer, operationId, version: (await on.account()).version }
}

const grantOf = async (play: Play): Promise<string> => String((await play.row('grants'))['id'])

describe('B1: no write without the one grant for it', () => {
  it('none, one of another participant and one of another tenant write nothing', async () => {
    const [mine, other] = [await playToGrant(world), await playToGrant(world)]
    const unwritten = { answer: { kind: 'refused' }, version: 1 }
    expect(await write(mine, randomUUID())).toMatchObject(unwritten)
    expect(await write(mine, await grantOf(other))).toMatchObject(unwritten)
    expect(await write(other, await grantOf(mine))).toMatchObject(unwritten)
    expect(await write(mine, await grantOf(mine), other.of.tenantId)).toMatchObject(unwritten)
  })

  it.each([
    ['expired', `expires_at = now() - interval '1 second'`],
    ['issued a quarter of an hour ago', `issued_at = issued_at - interval '15 minutes', expires_at = now()`],
    ['void', 'voided_at = now()'],
    ['spent', 'spent_at = now()'],
    ['of another purpose', `purpose = 'access_change'`],
    ['of another account', `directory_id = 'uid-of-somebody-else'`],
  ])('one that is %s writes nothing', async (_name, change) => {
    const play = await playToGrant(world)
    await world.database.owner.run(`update grants set ${change} where verification_id = $1`, [
      play.ref.verificationId,
    ])
    expect(await write(play, await grantOf(play))).toMatchObject({ answer: { kind: 'refused' }, version: 1 })
  })

  it('a decision taken back by hand closes it, and so does a report', async () => {
    const [undone, reported] = [await playToGrant(world), await playToGrant(world)]
    await world.database.owner.run(
      `update verifications set outcome = 'failed', decision = 'refused' where id = $1`,
      [undone.ref.verificationId],
    )
    await world.database.owner.run(
      `insert into reports (tenant_id, id, verification_id, person_id, source) values ($1, $2, $3, $4, 'portal')`,
      [reported.of.tenantId, randomUUID(), reported.ref.verificationId, reported.of.person.id],
    )
    for (const play of [undone, reported])
      expect(await write(play, await grantOf(play))).toMatchObject({
        answer: { kind: 'refused' },
        version: 1,
      })
  })

  it('the right one writes once, and of twenty parallel writes one', async () => {
    const play = await playToGrant(world)
    const grantId = await grantOf(play)
    const results = await Promise.all(Array.from({ length: 20 }, () => write(play, grantId)))
    expect(results.filter(({ answer }) => answer.kind === 'accepted')).toHaveLength(1)
    expect((await play.account()).version).toBe(2)
    expect(await write(play, grantId)).toMatchObject({ answer: { kind: 'refused' }, version: 2 })
  })
})

/** The demo's directory, in which an account has the given privilege. */
const directoryWhere = (play: Play, privilegeOf: Directory['privilegeOf'], more: Partial<Directory> = {}) => {
  const { db, keys } = world.deps
  const builtin = createBuiltin(db, play.of.tenantId)
  return guard(
    { db, keys, tenantId: play.of.tenantId, name: 'builtin' },
    { ...builtin, privilegeOf, ...more },
  )
}

describe('N8: one write of a person at a time', () => {
  it('a second one is not begun while the first is on its way, by whichever process, and is afterwards', async () => {
    const play = await playToGrant(world)
    const grantId = await grantOf(play)
    const { personId } = (await world.database.owner.one<{ personId: string }>(
      'select person_id as "personId" from verifications where id = $1',
      [play.ref.verificationId],
    )) ?? { personId: '' }
    const other = randomUUID()
    const { tenantId } = play.of
    await inTenant(world.database.worker, tenantId, async (tx) => {
      const { verificationId } = play.ref
      await addIntent(tx, {
        ...{ kind: 'set_password' as const, operationId: other, grantId, verificationId, personId },
        ...{ attempt: 99, versionBefore: '1' },
      })
      expect(await beginWrite(tx, other)).not.toBeNull()
    })
    expect(await write(play, grantId)).toMatchObject({ answer: { kind: 'refused' }, version: 1 })
    await inTenant(world.database.worker, tenantId, (tx) => resolveIntent(tx, other, 'not_done', null, null))
    expect(await write(play, grantId)).toMatchObject({ answer: { kind: 'accepted' }, version: 2 })
  })
})

describe('D2: privilege is asked of the directory at the moment of the write', () => {
  it.each([
    ['privileged', () => Promise.resolve({ kind: 'privileged', through: ['Domain Admins'] } as const)],
    ['unknown', () => Promise.resolve({ kind: 'unknown' } as const)],
    ['not to be had', () => Promise.reject(new DirectoryError('unreachable'))],
  ])(
    '%s: nothing is written without the second approval, whatever our row says',
    async (_what, privilegeOf) => {
      const play = await playToGrant(world)
      expect(
        await play.rows(
          'select tier from people where id = (select person_id from verifications where id = $1::uuid)',
        ),
      ).toEqual([{ tier: 'standard' }])
      const directory = directoryWhere(play, privilegeOf)
      const answer = await write(play, await grantOf(play), play.of.tenantId, directory)
      expect(answer).toMatchObject({ answer: { kind: 'refused', problem: 'second_approval' }, version: 1 })
      // The grant is still whole: the same one writes once the directory says that the account is like others.
      const standard = directoryWhere(play, () => Promise.resolve({ kind: 'standard' }))
      expect(await write(play, await grantOf(play), play.of.tenantId, standard)).toMatchObject({
        answer: { kind: 'accepted' },
      })
    },
  )
})

describe('R18: a directory that says at once that it wrote nothing', () => {
  it('is believed: a later write of another party is never taken for ours', async () => {
    const play = await playToGrant(world)
    const directory = directoryWhere(play, () => Promise.resolve({ kind: 'standard' }), {
      setPassword: () => Promise.resolve({ kind: 'not_written' }),
      readBack: () => Promise.resolve({ kind: 'done', version: '2' }),
    })
    const { answer, operationId } = await write(play, await grantOf(play), play.of.tenantId, directory)
    expect(answer).toEqual({ kind: 'lost' })
    const intent = await world.database.owner.one<{ status: string }>(
      'select status from intents where operation_id = $1',
      [operationId],
    )
    expect(intent).toEqual({ status: 'not_done' })
  })
})
