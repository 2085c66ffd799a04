import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { lockGrant } from '#services/actions/grants.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { signGrant } from '#platform/crypto/sealing.ts'
import { makeApprovedReset } from '../testing/approved-reset.ts'
import { oldPassword } from '../testing/case.ts'
import { useDeps } from '../testing/use-deps.ts'

const scene = useDeps()
const { database, deps } = scene
const good = 'an unusual passphrase 42'

/** A reset with its grant and its intent, right before the write. */
const readyToWrite = async () => {
  const reset = await makeApprovedReset(scene)
  const { tenantId, verificationId } = reset.reset
  const grantId = String((await reset.issueGrant()).grantId)
  const directory = deps().openDirectory(tenantId, 'builtin')
  const account = () =>
    database.owner.one<{ version: number }>(
      'select version::integer from directory_accounts where tenant_id = $1 and directory_id = $2',
      [tenantId, reset.of.person.directory_id],
    )
  const write = async (password = good, change: { operationId?: string; inputId?: string } = {}) =>
    directory.setPassword({
      ...{ verificationId, grantId },
      operationId: change.operationId ?? (await reset.intend(grantId)),
      inputId: change.inputId ?? (await reset.portal.typePassword(password)),
    })
  /** As if these had approved: signed again, which nobody but the worker can. */
  const approveAs = (approvers: readonly string[]) =>
    inTenant(database.worker, tenantId, async (tx) => {
      const stored = await lockGrant(tx, grantId)
      if (stored === undefined) throw new Error('there is no grant')
      const { signature } = signGrant(scene.keys.worker, { ...stored.grant, approvers })
      await tx.run('update grants set approvers = $3, signature = $4 where tenant_id = $1 and id = $2', [
        tenantId,
        grantId,
        approvers,
        signature,
      ])
    })
  return { ...reset, grantId, directory, account, write, approveAs }
}

describe('R5, D3: what a grant rests on is looked at again at the moment of the write', () => {
  it.each([
    ['decision', 'verifications', `outcome = 'failed', decision = 'refused'`],
    ['never_via_help_desk', 'people', 'never_via_help_desk = true'],
    ['blocked', 'people', `blocked_until = now() + interval '5 minutes'`],
    ['account_state', 'people', `account_state = 'disabled'`],
    ['second_approval', 'people', `tier = 'privileged'`],
  ] as const)('%s: nothing is written', async (problem, table, set) => {
    const { change, write, account } = await readyToWrite()
    await change(table, set)
    expect(await write()).toEqual({ kind: 'refused', problem })
    expect(await account()).toEqual({ version: 1 })
  })

  it('a report ends it, and so does an intent that is over, of another case, or that nobody wrote', async () => {
    const reported = await readyToWrite()
    await reported.report()
    expect(await reported.write()).toEqual({ kind: 'refused', problem: 'reported' })
    const [mine, other] = [await readyToWrite(), await readyToWrite()]
    const used = await mine.intend(mine.grantId)
    await database.owner.run(`update intents set status = 'not_done' where operation_id = $1`, [used])
    expect(await mine.write(good, { operationId: used })).toEqual({ kind: 'refused', problem: 'intent_over' })
    const foreign = await mine.intend(other.grantId)
    expect(await mine.write(good, { operationId: foreign })).toEqual({ kind: 'refused', problem: 'intent' })
    expect(await mine.write(good, { operationId: randomUUID() })).toMatchObject({ problem: 'unknown' })
    expect(await mine.write(good, { inputId: randomUUID() })).toMatchObject({ problem: 'input_gone' })
    for (const { account } of [reported, mine, other]) expect(await account()).toEqual({ version: 1 })
  })
})

describe('D1: a privileged account is written under two different people of the staff', () => {
  it.each([
    ['one twice', (one: string, _other: string) => [one, one]],
    ['one who is not of the staff', (one: string, _other: string) => [one, randomUUID()]],
    ['the policy beside one', (one: string, _other: string) => ['policy', one]],
  ])('%s: nothing is written', async (_who, approversOf) => {
    const { of, change, write, account, approveAs } = await readyToWrite()
    await change('people', `tier = 'privileged'`)
    await approveAs(approversOf(of.supervisor.id, of.agent.id))
    expect(await write()).toEqual({ kind: 'refused', problem: 'second_approval' })
    expect(await account()).toEqual({ version: 1 })
  })

  it('two: it is; unless one of them has been turned off since', async () => {
    const [two, off] = [await readyToWrite(), await readyToWrite()]
    for (const { of, change, approveAs } of [two, off]) {
      await change('people', `tier = 'privileged'`)
      await approveAs([of.supervisor.id, of.agent.id])
    }
    await database.owner.run('update staff set disabled_at = now() where id = $1', [off.of.agent.id])
    expect(await off.write()).toEqual({ kind: 'refused', problem: 'second_approval' })
    expect(await two.write()).toMatchObject({ kind: 'accepted' })
  })
})

describe('N4, N5: the directory’s own rules', () => {
  it('refuse what is short, holds the login or was used before; the grant is free until its tries are over', async () => {
    const { of, reset, write, account } = await readyToWrite()
    expect(await write('short 1')).toEqual({ kind: 'password_refused', triesLeft: 3 })
    expect(await write(`my ${of.person.login.toUpperCase()} of today`)).toMatchObject({ triesLeft: 2 })
    expect(await write(oldPassword)).toMatchObject({ triesLeft: 1 })
    expect(await write('short 2')).toMatchObject({ triesLeft: 0 })
    expect(await write()).toMatchObject({ kind: 'refused' })
    expect(await account()).toEqual({ version: 1 })
    const said = await database.owner.query<{ refusal: string | null }>(
      'select refusal from intents where verification_id = $1 order by attempt',
      [reset.verificationId],
    )
    expect(said.map(({ refusal }) => refusal)).toEqual(['length', 'login', 'history', 'length', null])
  })

  it('R4: a write over an account that changed since is lost, not done', async () => {
    const { of, write, account } = await readyToWrite()
    await database.owner.run('update directory_accounts set version = 2 where directory_id = $1', [
      of.person.directory_id,
    ])
    expect(await write()).toEqual({ kind: 'lost' })
    expect(await account()).toEqual({ version: 2 })
  })
})
