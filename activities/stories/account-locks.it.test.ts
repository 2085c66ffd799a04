import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Locking, Policy } from '#domain/policy/policy.ts'
import { setAttempt } from '#services/actions/account-locks.ts'
import { freeze, reportTermsOf } from '#services/reports/freeze.ts'
import { addLockIntent } from '#services/actions/intents.ts'
import { readPolicyOf } from '#services/policy/policies.ts'
import { useDatabase } from '#platform/database/testing/open.ts'
import { insertRow, makeVerification } from '#platform/database/testing/factories.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { createKeyFiles } from '#platform/crypto/key-files.ts'
import { loadKeys } from '#platform/crypto/keys.ts'
import { lockAccounts } from '../maintenance/lock-accounts.ts'
import { makeCase, type CaseOptions, type TestKeys } from '../testing/case.ts'
import { createFakeMessenger } from '../testing/fakes.ts'
import type { MortalLocker } from '../testing/mortal-locker.ts'
import { testWorldDeps } from '../testing/test-world-deps.ts'
import { useProgram } from '#platform/testing/use-program.ts'
import type { ActivityDeps } from '../ports.ts'

const program = useProgram(new URL('../testing/mortal-locker.ts', import.meta.url))
const database = useDatabase()
const owner = () => database.owner
const folder = mkdtempSync(join(tmpdir(), 'countersign-locks-'))
const keyFile = join(folder, 'keys', 'worker.json')
let keys: TestKeys
let deps: ActivityDeps
beforeAll(() => {
  const files = createKeyFiles(join(folder, 'keys'))
  keys = { api: loadKeys(files.api, 'api'), worker: loadKeys(files.worker, 'worker') }
  deps = testWorldDeps(database.worker, keys.worker, createFakeMessenger())
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const locking =
  (lockAccount: Locking) =>
  (policy: Policy): Policy => ({ ...policy, reports: { lockAccount } })

/** A participant with a case, and a link of it that was or was not used. */
const makeScene = async (lock: Locking, options: CaseOptions = {}, isUsed = false) => {
  const of = await makeCase(owner(), keys, { policy: locking(lock), ...options })
  const { tenantId, person } = of
  const { id: verificationId } = await makeVerification(owner(), of.phoneContact)
  if (isUsed)
    await insertRow(owner(), 'links', {
      tenant_id: tenantId,
      id: randomUUID(),
      verification_id: verificationId,
      person_id: person.id,
      purpose: 'password_reset',
      policy_version: 1,
      ordinal: 1,
      channel: 'sms',
      contact_id: of.phoneContact.id,
      contact_value_index: Buffer.from('00', 'hex'),
      token_hash: Buffer.from(randomUUID()),
      expires_at: new Date(),
      used_at: new Date(),
    })
  const report = (reportId: string = randomUUID()) =>
    inTenant(database.api, tenantId, async (tx) => {
      const terms = reportTermsOf(await readPolicyOf(tx, verificationId))
      await freeze(tx, { reportId, verificationId, personId: person.id, source: 'message', ...terms })
      return reportId
    })
  const account = async () =>
    owner().one(
      `select version, state, sessions_ended_at is not null as ended from directory_accounts
       where tenant_id = $1 and directory_id = $2`,
      [tenantId, person.directory_id],
    )
  const rows = (sql: string) => owner().query<Record<string, unknown>>(sql, [tenantId])
  const run = () => lockAccounts(deps, tenantId, 0)
  const intend = (reportId: string, change: { readonly reportId?: string } = {}) =>
    inTenant(database.worker, tenantId, async (tx) => {
      const operationId = randomUUID()
      const attempt = 1
      const intent = { operationId, verificationId, personId: person.id, attempt, versionBefore: '1' }
      await addLockIntent(tx, { ...intent, reportId, ...change })
      await setAttempt(tx, reportId, attempt, operationId)
      return operationId
    })
  return { of, tenantId, verificationId, report, account, rows, run, intend }
}

const untouched = { version: 1, state: 'active', ended: false }
const locked = { version: 2, state: 'locked', ended: true }
const events = `select type from audit where tenant_id = $1 and type like 'account.%' order by seq`
const told = `select count(*)::integer as n from notices where tenant_id = $1 and kind = 'account_locked'`
const locks = `select state, attempt, reason from account_locks where tenant_id = $1`

describe('B13: "this was not me" locks the account where the policy says so', () => {
  it.each<[Locking, string, boolean, boolean]>([
    ['never', 'used', true, false],
    ['if_used', 'not used', false, false],
    ['if_used', 'used', true, true],
    ['always', 'not used', false, true],
  ])('%s, with a link that was %s', async (lock, _name, isUsed, isLocked) => {
    const scene = await makeScene(lock, {}, isUsed)
    await scene.report()
    expect(await scene.run()).toBe(isLocked ? 1 : 0)
    expect(await scene.account()).toEqual(isLocked ? locked : untouched)
    expect(await scene.rows(events)).toEqual(
      isLocked ? [{ type: 'account.lock_asked' }, { type: 'account.locked' }] : [],
    )
    expect(await scene.rows(told)).toEqual([{ n: isLocked ? 2 : 0 }])
    expect(
      await scene.rows('select account_state from people where tenant_id = $1 order by 1'),
    ).toContainEqual({ account_state: isLocked ? 'locked' : 'active' })
  })

  it('once, however often it is reported again and however many workers look', async () => {
    const scene = await makeScene('always')
    const reportId = await scene.report()
    await scene.report(reportId)
    await Promise.all(Array.from({ length: 8 }, scene.run))
    await scene.run()
    expect(await scene.account()).toEqual(locked)
    expect(await scene.rows(locks)).toEqual([{ state: 'completed', attempt: 1, reason: null }])
  })

  it.each([
    ['the account is gone', 'delete from directory_accounts where tenant_id = $1', 'failed', 'account_gone'],
    [
      'it was disabled already',
      `update directory_accounts set state = 'disabled' where tenant_id = $1`,
      'completed',
      'already_disabled',
    ],
    [
      'D3: it is never touched through the help desk',
      'update people set never_via_help_desk = true where tenant_id = $1',
      'failed',
      'never_via_help_desk',
    ],
  ])('nothing is written where %s', async (_name, sql, state, reason) => {
    const scene = await makeScene('always')
    await owner().run(sql, [scene.tenantId])
    await scene.report()
    await scene.run()
    expect(await scene.rows(locks)).toMatchObject([{ state, reason }])
    const account = await scene.account()
    if (account !== undefined) expect(account).toMatchObject({ version: 1 })
    expect(await scene.rows(told)).toEqual([{ n: 0 }])
  })

  it('a directory that is away for a while delays the lock and loses nothing; in the end it says so', async () => {
    const scene = await makeScene('always')
    await scene.report()
    const away: ActivityDeps = {
      ...deps,
      openDirectory: (...where) => ({
        ...deps.openDirectory(...where),
        find: () => Promise.reject(new Error('no route')),
      }),
    }
    expect(await lockAccounts(away, scene.tenantId, 0)).toBe(0)
    expect(await scene.account()).toEqual(untouched)
    expect(await scene.run()).toBe(1)
    expect(await scene.account()).toEqual(locked)

    const refusing = await makeScene('always')
    await refusing.report()
    const losing: ActivityDeps = {
      ...deps,
      openDirectory: (...where) => ({
        ...deps.openDirectory(...where),
        lockAccount: () => Promise.resolve({ kind: 'lost' }),
      }),
    }
    for (let look = 0; look < 9; look += 1) await lockAccounts(losing, refusing.tenantId, 0)
    expect(await refusing.rows(locks)).toEqual([{ state: 'failed', attempt: 8, reason: 'gave_up' }])
    expect(await refusing.rows(events)).toContainEqual({ type: 'account.lock_failed' })
  })
})

describe('B13, R4: a lock is written under its report, once', () => {
  const write = (tenantId: string, reportId: string, operationId: string) =>
    deps.openDirectory(tenantId, 'builtin').lockAccount({ reportId, operationId })

  it('an attacker inside the worker locks nobody: no report, another report, a policy that says never, a spent intent', async () => {
    const [mine, other] = [await makeScene('always'), await makeScene('always')]
    expect(await write(mine.tenantId, randomUUID(), randomUUID())).toEqual({
      kind: 'refused',
      problem: 'unknown',
    })
    const [reportId, foreign] = [await mine.report(), await other.report()]
    const operationId = await mine.intend(reportId)
    expect(await write(mine.tenantId, foreign, operationId)).toMatchObject({ kind: 'refused' })
    expect(await write(other.tenantId, foreign, operationId)).toMatchObject({ kind: 'refused' })
    await owner().run(
      `update policies set document = jsonb_set(document, '{reports,lockAccount}', '"never"') where tenant_id = $1`,
      [other.tenantId],
    )
    expect(await write(other.tenantId, foreign, await other.intend(foreign))).toEqual({
      kind: 'refused',
      problem: 'policy',
    })
    for (const scene of [mine, other]) expect(await scene.account()).toEqual(untouched)

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => write(mine.tenantId, reportId, operationId)),
    )
    expect(answers.filter(({ kind }) => kind === 'accepted')).toHaveLength(1)
    expect(await mine.account()).toEqual(locked)
  })

  it('a password that was on its way does not get past the lock, and no clean-up of an older reset lifts it', async () => {
    const scene = await makeScene('always')
    await scene.report()
    await scene.run()
    const { directory_id: directoryId } = scene.of.person
    const directory = deps.openDirectory(scene.tenantId, 'builtin')
    expect(await directory.clearLockout(String(directoryId), randomUUID())).toBe('failed')
    expect(await scene.account()).toEqual(locked)
  })

  it.each(['find:after', 'lockAccount:before', 'lockAccount:after', 'readBack:after'])(
    'R1: a worker killed at %s leaves an account that is locked once',
    async (killAt) => {
      const scene = await makeScene('always')
      await scene.report()
      const { tenantId } = scene
      const locker: MortalLocker = { databaseUrl: database.addresses.workerUrl, keyFile, tenantId }
      const child = fork(program(), [], {
        env: { ...process.env, LOCKER: JSON.stringify(locker), KILL_AT: killAt },
      })
      const signal = await new Promise((resolve) => child.once('exit', (_code, name) => resolve(name)))
      expect(signal).toBe('SIGKILL')
      // Two looks at most: one that finds what was left, one that begins anew.
      await scene.run()
      await scene.run()
      expect(await scene.account()).toEqual(locked)
      expect(await scene.rows(locks)).toMatchObject([{ state: 'completed' }])
      expect(await scene.rows(events)).toHaveLength(2)
      expect(await scene.rows(told)).toEqual([{ n: 2 }])
    },
  )

  it('R4: while a write that was begun may still arrive, nothing is written beside it', async () => {
    const scene = await makeScene('always')
    const reportId = await scene.report()
    const operationId = await scene.intend(reportId)
    const begun = (ago: string) =>
      owner().run(`update intents set acted_at = now() - $2::interval where operation_id = $1`, [
        operationId,
        ago,
      ])
    await begun('1 second')
    expect(await scene.run()).toBe(0)
    expect(await scene.account()).toEqual(untouched)
    await begun('16 seconds')
    await scene.run()
    await scene.run()
    expect(await scene.account()).toEqual(locked)
    expect(await scene.rows(locks)).toEqual([{ state: 'completed', attempt: 2, reason: null }])
  })
})
