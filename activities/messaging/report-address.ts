import type { Policy } from '#domain/policy/policy.ts'
import { addReportLink } from '#services/sending/notices.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { newToken, tokenHash } from '#platform/crypto/sealing.ts'
import { tokenMark } from '#platform/crypto/token-mark.ts'
import type { ActivityDeps } from '../ports.ts'
import { linkTo } from './compose.ts'

/** Whom and what a message tells of. */
type About = { readonly verificationId: string; readonly personId: string; readonly policy: Policy }

/** Makes a "this was not me" link of its own for one message; the token leaves only inside it (B12, C2). */
export const reportAddress = async (
  { portalUrl, keys }: Pick<ActivityDeps, 'portalUrl' | 'keys'>,
  tx: Tx,
  { verificationId, personId, policy }: About,
): Promise<string> => {
  const token = newToken()
  const seconds = policy.lifetimes.reportLink
  const about = { verificationId, personId, tokenHash: tokenHash(token) }
  const mark = tokenMark(keys, 'report_links', { ...about, tenantId: tx.tenantId })
  await addReportLink(tx, { ...about, tokenMark: mark, seconds })
  return linkTo(portalUrl, 'not-me', token)
}
