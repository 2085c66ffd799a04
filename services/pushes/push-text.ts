import { pickLanguage } from '#domain/languages.ts'
import { phraseOf } from '#domain/phrase.ts'
import type { Purpose } from '#domain/verification/verification.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { texts } from '../messages/languages.ts'

/**
 * The text that goes with a push, so that nobody approves one blindly: the organisation, the purpose, and the two words that the
 * participant's page and the agent's screen show.
 */
export const readPushText = async (tx: Tx, verificationId: string): Promise<string> => {
  const row = await tx.one<{ organisation: string; purpose: Purpose; language: string | null }>(
    `select t.name as organisation, v.purpose, p.language from verifications v join tenants t on t.id = v.tenant_id
     join people p on p.tenant_id = v.tenant_id and p.id = v.person_id where v.tenant_id = $1 and v.id = $2`,
    [tx.tenantId, verificationId],
  )
  if (row === undefined) return phraseOf(verificationId)
  const { purposes } = texts[pickLanguage([row.language ?? ''])]
  return `${row.organisation}: ${purposes[row.purpose]} (${phraseOf(verificationId)})`
}
