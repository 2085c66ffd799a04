import { isBeyondPassword } from '#domain/risk/sign-in-strength.ts'
import { may, permissionsOf } from '#domain/roles.ts'
import { isAlarmed } from '#services/reports/alarms.ts'
import { isDuressOpen } from '#services/reports/duress.ts'
import { isThreatElevated } from '#services/policy/elevated-threats.ts'
import { isHarvestSuspected } from '#services/questions/harvests.ts'
import { isImpersonated } from '#services/reports/impersonations.ts'
import { isSessionMoved } from '#services/staff/moved-sessions.ts'
import { currentPolicy } from '#services/policy/policies.ts'
import { hasOpenProposal } from '#services/policy/policy-proposals.ts'
import { scheduledVersion } from '#services/policy/policy-versions.ts'
import { isLimitReached } from '#services/staff/staff-alarms.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { bind } from '../../http/bind.ts'
import type { StaffCaller } from '../../http/callers.ts'
import type { ApiDeps } from '../../deps.ts'

/** Every admin sees that the policy is about to be weakened, while the change waits (D13). */
const isPolicyChanging = async (tx: Tx): Promise<boolean> =>
  (await hasOpenProposal(tx)) || (await scheduledVersion(tx)) !== undefined

/**
 * True for a report, a message in the name of staff, a session used elsewhere, or another person's silent signal; the person
 * who gave a signal does not see it.
 */
const isToldOfAlarm = async (tx: Tx, { role, staffId }: StaffCaller): Promise<boolean> =>
  (may(role, 'threat.switch') &&
    ((await isAlarmed(tx)) || (await isImpersonated(tx)) || (await isSessionMoved(tx)))) ||
  (may(role, 'duress.clear') && (await isDuressOpen(tx, staffId)))

/** Says who is signed in, what they may do, and why this install is below the bar, if it is (F5). */
export const session = ({ db, settings }: ApiDeps) =>
  bind('console.session', async ({ staff }) => {
    const { policy, isElevated, isHarvested, isChanging, isCaseAlarmed, isLimited } = await inTenant(
      db,
      staff.tenantId,
      async (tx) => ({
        policy: await currentPolicy(tx),
        isElevated: await isThreatElevated(tx),
        isHarvested: may(staff.role, 'threat.switch') && (await isHarvestSuspected(tx)),
        isCaseAlarmed: await isToldOfAlarm(tx, staff),
        isLimited: may(staff.role, 'threat.switch') && (await isLimitReached(tx, staff.staffId)),
        isChanging: may(staff.role, 'policy.write') && (await isPolicyChanging(tx)),
      }),
    )
    return {
      staff: {
        id: staff.staffId,
        name: staff.name,
        email: staff.email,
        role: staff.role,
        permissions: [...permissionsOf[staff.role]],
      },
      tenant: { name: staff.tenantName, slug: staff.tenantSlug },
      banners: [
        ...(isElevated ? ['elevated_threat'] : []),
        ...(isCaseAlarmed ? ['alarm'] : []),
        ...(isLimited ? ['limit_reached'] : []),
        ...(isHarvested ? ['harvest_suspected'] : []),
        ...(isChanging ? ['policy_changing'] : []),
        ...(policy.labBanner ? ['lab'] : []),
        ...(isBeyondPassword(staff.amr) ? [] : ['password_only_sign_in']),
        ...(settings.oidcIssuer.startsWith('http:') ? ['demo_sign_in'] : []),
      ],
      csrfToken: staff.csrfToken,
      idleSeconds: staff.idleSeconds,
      endsAt: staff.endsAt,
    }
  })
