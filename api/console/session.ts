import { permissionsOf } from '#domain/roles.ts'
import { currentPolicy } from '#platform/server/db/policies.ts'
import { inTenant } from '#platform/server/db/transaction.ts'
import { hasSecondFactor } from '../auth/factors.ts'
import { bind } from '../bind.ts'
import type { ApiDeps } from '../deps.ts'

/** Who is signed in, what they may do, and why this install is below the bar, if it is (security.md F5). */
export const session = ({ db, settings }: ApiDeps) =>
  bind('console.session', async ({ staff }) => {
    const policy = await inTenant(db, staff.tenantId, currentPolicy)
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
        ...(policy.labBanner ? ['lab'] : []),
        ...(hasSecondFactor(staff.amr) ? [] : ['password_only_sign_in']),
        ...(settings.oidcIssuer.startsWith('http:') ? ['demo_sign_in'] : []),
      ],
      csrfToken: staff.csrfToken,
      idleSeconds: staff.idleSeconds,
      endsAt: staff.endsAt,
    }
  })
