import { randomUUID } from 'node:crypto'
import { hash } from '@node-rs/argon2'
import { describe, expect, it } from 'vitest'
import { createBuiltin } from '#activities/directory/builtin.ts'
import { makePerson, makeTenant } from '#platform/database/testing/factories.ts'
import { useDatabase } from '#platform/database/testing/open.ts'
import { openDemoAccounts } from '../demo/demo-accounts.ts'
import { factorKeyOf, openDemoFactors } from '../demo/demo-factors.ts'
import { identityWords } from './identity-words.ts'
import { createSecondStep, type SecondAnswer } from './second-step.ts'
import { codeAt, stepAt } from './totp.ts'

const database = useDatabase()
const words = identityWords('en')

/** A person with a password, and the sign-in page's second step over the real tables. */
const scene = async () => {
  const accounts = openDemoAccounts(database.addresses.ownerUrl)
  const { id: tenantId } = await makeTenant(database.owner)
  const login = `l${randomUUID().slice(0, 8)}`
  const directoryId = `uid-${login}`
  await makePerson(database.owner, tenantId, { login, directory_id: directoryId })
  await database.owner.run(
    `insert into directory_accounts (tenant_id, directory_id, login, password_hash) values ($1, $2, $3, $4)
     on conflict (tenant_id, directory_id) do update set password_hash = excluded.password_hash`,
    [tenantId, directoryId, login, await hash('right', { memoryCost: 1024, timeCost: 1 })],
  )
  const second = createSecondStep(openDemoFactors(accounts.withAccount, factorKeyOf('a key of this test')))
  const directory = createBuiltin(database.worker, tenantId)
  const resetMfa = async () => {
    const account = await directory.find(directoryId)
    return directory.resetMfa({
      ...{ directoryId, operationId: randomUUID(), expectedVersion: account?.version ?? '' },
      notAfter: new Date(Date.now() + 15_000).toISOString(),
    })
  }
  const after = () => second.after(login, words, '/employee')
  const type = (form: SecondAnswer | null, code: string) =>
    second.submit({ ticket: ticketOf(form), code }, words, '/employee')
  return { accounts, second, login, directoryId, after, type, resetMfa, tenantId }
}

const bodyOf = (answer: SecondAnswer | null): string => (answer?.kind === 'form' ? answer.body : '')
const ticketOf = (answer: SecondAnswer | null): string =>
  /name="ticket" value="([^"]+)"/.exec(bodyOf(answer))?.[1] ?? ''

/** Makes an app from the secret that a page shows. */
const appOf = (answer: SecondAnswer | null) => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const text = /<code>([A-Z2-7]+)<\/code>/.exec(bodyOf(answer))?.[1] ?? ''
  const bits = [...text].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  /** `ahead`: codes are good once, so that a later one is the next step's. */
  return (ahead = 0) => codeAt(secret, stepAt(Date.now()) + ahead)
}

describe('a second step at the demo directory', () => {
  it('is set up, asked for at each sign-in, lost, removed by a reset, and set up anew with the one-time code', async () => {
    const { accounts, second, login, after, type, resetMfa } = await scene()
    expect(await after()).toBeNull()
    const offered = second.offer(login, words, '/employee')
    const lost = appOf(offered)
    expect(await type(offered, lost())).toEqual({ kind: 'in', login, isNew: true })
    const asked = await after()
    expect(bodyOf(asked)).toContain(words.second.appCode)
    expect(await type(asked, '000000')).toMatchObject({ kind: 'form', isRefused: true })
    expect(await type(asked, lost(1))).toEqual({ kind: 'in', login, isNew: false })

    const reset = await resetMfa()
    expect(reset).toMatchObject({ kind: 'accepted', removed: 1 })
    const code = reset.kind === 'accepted' ? (reset.enrolment?.code ?? '') : ''
    const form = await after()
    expect(bodyOf(form)).toContain(words.second.enrolmentCode)
    expect(await type(form, 'BBBB-BBBB-BBBB')).toMatchObject({ kind: 'form', isRefused: true })
    const trial = await type(form, code.toLowerCase().replaceAll('-', ' '))
    const fresh = appOf(trial)
    expect(await type(trial, lost(1))).toMatchObject({ kind: 'form', isRefused: true })
    expect(await type(trial, fresh())).toEqual({ kind: 'in', login, isNew: true })

    const again = await after()
    expect(bodyOf(again)).toContain(words.second.appCode)
    expect(await type(again, code)).toMatchObject({ kind: 'form', isRefused: true })
    expect(await type(again, fresh(1))).toEqual({ kind: 'in', login, isNew: false })
    await accounts.close()
  })

  it('B15: after a reset no app can be set up without the code, nor after its time; nor in place of one that is there', async () => {
    const { accounts, second, login, directoryId, after, type, resetMfa } = await scene()
    await resetMfa()
    const without = second.offer(login, words, '/employee')
    expect(await type(without, appOf(without)())).toMatchObject({ kind: 'form', isRefused: true })
    const reset = await resetMfa()
    const code = reset.kind === 'accepted' ? (reset.enrolment?.code ?? '') : ''
    const form = await after()
    await database.owner.run(
      `update directory_accounts set enrolment_expires_at = now() - interval '1 second' where directory_id = $1`,
      [directoryId],
    )
    expect(await type(form, code)).toMatchObject({ kind: 'form', isRefused: true })
    const first = second.offer(login, words, '/employee')
    const other = second.offer(login, words, '/employee')
    expect(await type(first, appOf(first)())).toMatchObject({ kind: 'in' })
    expect(await type(other, appOf(other)())).toMatchObject({ kind: 'form', isRefused: true })
    await accounts.close()
  })

  it('H4: after five wrong codes the password has to be typed again', async () => {
    const { accounts, second, login, after, type } = await scene()
    const offered = second.offer(login, words, '/employee')
    await type(offered, appOf(offered)())
    const asked = await after()
    for (let tries = 0; tries < 5; tries += 1)
      expect(await type(asked, '000000')).toMatchObject({ kind: 'form', isRefused: true })
    expect(await type(asked, appOf(offered)(1))).toEqual({ kind: 'over' })
    await accounts.close()
  })
})
