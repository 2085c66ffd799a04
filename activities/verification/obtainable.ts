/** A case can still ask its participant for these kinds of evidence. */
import { ruleInForce } from '#domain/policy/elevated.ts'
import type { Policy, Rule } from '#domain/policy/policy.ts'
import type { PasskeyFacts, ProviderSignInFacts, PushFacts, RecoverySheetFacts } from '#domain/risk/facts.ts'
import { isThreatElevated } from '#services/policy/elevated-threats.ts'
import { readSignInFacts } from '#services/provider-sign-ins/provider-sign-ins.ts'
import { readPasskeyFacts } from '#services/passkeys/passkey-requests.ts'
import { countPushesLeft, readPushFacts } from '#services/pushes/push-requests.ts'
import { areSheetTriesUsedUp, readSheetFacts } from '#services/recovery-sheets/recovery-code-requests.ts'
import type { OtherWay } from '#services/sending/refused-codes.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { approverFor } from '#services/approvals/approver-choice.ts'
import { relyingPartyOf } from '#platform/crypto/webauthn.ts'
import type { CaseRef } from '#workflows/verification/activity-types.ts'
import type { ActivityDeps } from '../ports.ts'

/** A passkey that was used already is evidence, and one that is not at hand is not asked for again. */
export const hasPasskey = (
  { portalUrl }: Pick<ActivityDeps, 'portalUrl'>,
  passkey: (Pick<PasskeyFacts, 'isGivenUp'> & { readonly proven: unknown }) | undefined,
): boolean =>
  passkey !== undefined && passkey.proven === null && !passkey.isGivenUp && relyingPartyOf(portalUrl) !== null

/** A sign-in that was made already is evidence, and one that is not possible now is not asked for again. */
export const hasProviderSignIn = (
  signIn: (Pick<ProviderSignInFacts, 'isGivenUp'> & { readonly proven: unknown }) | undefined,
): boolean => signIn !== undefined && signIn.proven === null && !signIn.isGivenUp

/**
 * A push can be asked for where the organisation has a service for it and the rule takes one. One that was approved is evidence;
 * after a denial, and after the participant gave up or used the pushes up, none is asked for again.
 */
export const hasPush = async (
  { pushes }: Pick<ActivityDeps, 'pushes'>,
  tx: Tx,
  { verificationId, personId }: Pick<CaseRef, 'verificationId' | 'personId'>,
  rule: Pick<Rule, 'asksPush'>,
  push:
    (Pick<PushFacts, 'isGivenUp'> & { readonly provenAt: unknown; readonly deniedAt: unknown }) | undefined,
): Promise<boolean> =>
  rule.asksPush &&
  pushes.has(tx.tenantId) &&
  (push === undefined || (push.provenAt === null && push.deniedAt === null && !push.isGivenUp)) &&
  (await countPushesLeft(tx, verificationId, personId)) > 0

/**
 * A code can be asked for wherever the rule takes one, of a person without a sheet too: the page must not tell who has one. One
 * that came back already is evidence, and one that is not at hand is not asked for again.
 */
export const hasRecoverySheet = async (
  tx: Tx,
  personId: string,
  rule: Pick<Rule, 'asksRecoverySheet'>,
  sheet: (Pick<RecoverySheetFacts, 'isGivenUp'> & { readonly proven: unknown }) | undefined,
): Promise<boolean> =>
  rule.asksRecoverySheet &&
  (sheet === undefined || (sheet.proven === null && !sheet.isGivenUp)) &&
  !(await areSheetTriesUsedUp(tx, personId))

/** True if anybody may be asked to vouch who was not yet in this case. */
export const hasApprover = async (
  deps: ActivityDeps,
  tx: Tx,
  { verificationId, personId, purpose, tier }: CaseRef,
  policy: Policy,
  isElevatedThreat: boolean,
): Promise<boolean> => {
  const asked = { policy, verificationId, personId, purpose, tier, isElevatedThreat }
  const choice = await approverFor(deps, tx, { ...asked, askerId: null, isRepeat: false, now: Date.now() })
  return choice.approver !== null
}

/** Chooses what takes the place of a code that cannot be sent, in the order in which a case asks for it. */
export const otherWayOf = async (
  deps: ActivityDeps,
  tx: Tx,
  ref: CaseRef,
  policy: Policy,
): Promise<OtherWay> => {
  const { verificationId, personId, purpose, tier } = ref
  if (hasPasskey(deps, await readPasskeyFacts(tx, verificationId, personId))) return 'passkey'
  const isElevated = await isThreatElevated(tx)
  const rule = ruleInForce(policy, purpose, tier, isElevated)
  if (rule.asksProviderSignIn && hasProviderSignIn(await readSignInFacts(tx, verificationId, personId)))
    return 'provider_sign_in'
  if (await hasPush(deps, tx, ref, rule, await readPushFacts(tx, verificationId))) return 'push'
  if (await hasRecoverySheet(tx, personId, rule, await readSheetFacts(tx, verificationId)))
    return 'recovery_sheet'
  return (await hasApprover(deps, tx, ref, policy, isElevated)) ? 'approver' : 'agent'
}
