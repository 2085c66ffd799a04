/**
 * Second factors of the demo directory, as its sign-in page keeps them: one authenticator app a person, which can be lost.
 * After a reset a new one is enrolled with the one-time code that the reset gave, and in no other way.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { verify } from '@node-rs/argon2'
import type pg from 'pg'
import { asEnrolmentCode } from '#platform/crypto/enrolment-code.ts'
import { stepOfCode } from '../identity/totp.ts'

/** The state of a person's factors: nothing enrolled, an app, or a code waits that lets one be enrolled. */
export type FactorState = 'none' | 'app' | 'code'

/** The operations on second factors that the sign-in page needs. */
export interface DemoFactors {
  stateOf(login: string): Promise<FactorState>
  /** True if the app shows this code now; each is good once. */
  check(login: string, typed: string): Promise<boolean>
  /** True if this is the one-time code of the last reset, in time. It is not used up by looking. */
  isEnrolmentCode(login: string, typed: string): Promise<boolean>
  /**
   * Keeps a new app whose first code is right, and uses up the one-time code. `code` null: nobody reset anything, and no app
   * is enrolled yet. False: not taken.
   */
  enrol(login: string, app: NewApp): Promise<boolean>
}

/** An app on trial. */
export interface NewApp {
  readonly secret: Buffer
  readonly firstCode: string
  readonly code: string | null
}

/** Runs work on the account of a login, in its organisation, with its row held. */
export type WithAccount = <T>(
  login: string,
  work: (client: pg.ClientBase, account: FactorAccount) => Promise<T>,
) => Promise<T | undefined>

/** The fields that are read of an account. */
export interface FactorAccount {
  readonly directory_id: string
  readonly enrolment_hash: string | null
  readonly is_code_good: boolean
}

/** The key is of the sign-in page alone: the directory's tables hold no secret in clear. */
export const factorKeyOf = (cookieKey: string): Buffer =>
  Buffer.from(hkdfSync('sha256', cookieKey, '', 'countersign.demo.factors.v1', 32))

const sealSecret = (key: Buffer, aad: string, secret: Buffer): Buffer => {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(aad))
  return Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()])
}

const openSecret = (key: Buffer, aad: string, sealed: Buffer): Buffer => {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAAD(Buffer.from(aad))
  decipher.setAuthTag(sealed.subarray(-16))
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()])
}

interface Kept {
  readonly secret_sealed: Buffer
  readonly last_step: string
}

const readApp = async (client: pg.ClientBase, directoryId: string): Promise<Kept | undefined> => {
  const { rows } = await client.query<Kept>(
    `select secret_sealed, last_step from directory_factors
     where tenant_id = current_setting('app.tenant')::uuid and directory_id = $1 for update`,
    [directoryId],
  )
  return rows[0]
}

const isCode = async ({ enrolment_hash: kept, is_code_good: isGood }: FactorAccount, typed: string) =>
  kept !== null && isGood && (await verify(kept, asEnrolmentCode(typed)))

/** Opens the factors over the accounts. */
export const openDemoFactors = (withAccount: WithAccount, key: Buffer): DemoFactors => ({
  stateOf: async (login) =>
    (await withAccount(login, async (client, account) => {
      if ((await readApp(client, account.directory_id)) !== undefined) return 'app' as const
      return account.is_code_good ? ('code' as const) : ('none' as const)
    })) ?? 'none',
  check: async (login, typed) =>
    (await withAccount(login, async (client, { directory_id: id }) => {
      const app = await readApp(client, id)
      if (app === undefined) return false
      const step = stepOfCode(
        openSecret(key, id, app.secret_sealed),
        typed,
        Date.now(),
        Number(app.last_step),
      )
      if (step === null) return false
      await client.query(
        `update directory_factors set last_step = $2
         where tenant_id = current_setting('app.tenant')::uuid and directory_id = $1`,
        [id, step],
      )
      return true
    })) ?? false,
  isEnrolmentCode: async (login, typed) =>
    (await withAccount(login, (_client, account) => isCode(account, typed))) ?? false,
  enrol: async (login, { secret, firstCode, code }) =>
    (await withAccount(login, async (client, account) => {
      const { directory_id: id } = account
      const step = stepOfCode(secret, firstCode, Date.now(), 0)
      const isDue = code === null ? !account.is_code_good : await isCode(account, code)
      if (step === null || !isDue || (await readApp(client, id)) !== undefined) return false
      await client.query(
        `insert into directory_factors (tenant_id, directory_id, secret_sealed, last_step)
         values (current_setting('app.tenant')::uuid, $1, $2, $3)`,
        [id, sealSecret(key, id, secret), step],
      )
      await client.query(
        `update directory_accounts set enrolment_hash = null, enrolment_expires_at = null
         where tenant_id = current_setting('app.tenant')::uuid and directory_id = $1`,
        [id],
      )
      return true
    })) ?? false,
})
