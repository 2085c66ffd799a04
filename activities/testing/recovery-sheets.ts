/** A participant with a printed recovery sheet, and the codes that they type, as the API hands them to the worker. */
import { randomUUID } from 'node:crypto'
import type { Policy } from '#domain/policy/policy.ts'
import { sealForWorker } from '#platform/crypto/sealed-inputs.ts'
import type { Db } from '#platform/database/connect.ts'
import { inTenant, type Queryable } from '#platform/database/transaction.ts'
import type { Verifications } from '#platform/temporal/temporal.ts'
import { activateSheet, drawSheet } from '#services/recovery-sheets/recovery-sheets.ts'
import { addSealedInput } from '#services/verifications/portal-inputs.ts'
import type { TestCase, TestKeys } from './case.ts'
import { plainPolicy } from './play.ts'

/** Two kinds for every purpose and tier, of which a code may be one; an agent decides, and nobody is asked to vouch. */
export const withSheets = (policy: Policy): Policy => {
  const plain = plainPolicy(policy)
  const { standard, privileged } = plain.rules.password_reset
  const change = { classesNeeded: 2, asksRecoverySheet: true, asksApprover: false }
  const rule = { standard: { ...standard, ...change }, privileged: { ...privileged, ...change } }
  return {
    ...plain,
    rules: { ...plain.rules, password_reset: rule, mfa_reset: rule, identity_check: rule },
  }
}

type Made = {
  readonly owner: Queryable
  readonly api: Db
  readonly keys: TestKeys
  readonly of: TestCase
  readonly hours?: number
}

/** Makes a sheet as the portal does; it counts where it is as old as the policy wants, a day by default. */
export const printSheet = async ({ owner, api, keys, of, hours = 25 }: Made) => {
  const place = { personId: of.person.id, verificationId: randomUUID(), sessionId: randomUUID() }
  const sheet = await inTenant(api, of.tenantId, async (tx) => {
    const drawn = await drawSheet(tx, keys.api, place)
    await activateSheet(tx, drawn.sheetId, place)
    return drawn
  })
  await owner.run(
    `update recovery_sheets set made_at = made_at - make_interval(hours => $2),
       activated_at = activated_at - make_interval(hours => $2) where id = $1`,
    [sheet.sheetId, hours],
  )
  return sheet
}

type Place = {
  readonly api: Db
  readonly keys: TestKeys
  readonly verifications: Pick<Verifications, 'submitRecoveryCode'>
  readonly ref: { readonly tenantId: string; readonly verificationId: string }
}

/** Seals what was said as the API does, and submits it. */
export const sendCode = async (
  { api, keys, verifications, ref }: Place,
  said: { readonly kind: 'not_at_hand' } | { readonly kind: 'code'; readonly code: string },
) => {
  const { tenantId, verificationId } = ref
  const id = randomUUID()
  const place = { tenantId, verificationId, kind: 'recovery_code', row: id } as const
  const sealed = sealForWorker(keys.api, place, JSON.stringify(said))
  await inTenant(api, tenantId, (tx) =>
    addSealedInput(tx, { id, verificationId, kind: 'recovery_code', sealed }),
  )
  return verifications.submitRecoveryCode(ref, id)
}
