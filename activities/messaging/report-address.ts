import type { Policy } from '#domain/policy/policy.ts'
import { addReportLink } from '#platform/server/db/notices.ts'
import type { Tx } from '#platform/server/db/transaction.ts'
import { newToken, tokenHash } from '#platform/server/sealing.ts'
import type { ActivityDeps } from '../ports.ts'
import { linkTo } from './compose.ts'

/** Whom and what a message tells of. */
type About = { readonly verificationId: string; readonly personId: string; readonly policy: Policy }

/** Makes a "this was not me" link of its own for one message; the token leaves only inside it (security.md B12, C2). */
export const reportAddress = async (
  { portalUrl }: Pick<ActivityDeps, 'portalUrl'>,
  tx: Tx,
  { verificationId, personId, policy }: About,
): Promise<string> => {
  const token = newToken()
  const seconds = policy.lifetimes.reportLink
  await addReportLink(tx, { verificationId, personId, tokenHash: tokenHash(token), seconds })
  return linkTo(portalUrl, 'not-me', token)
}
