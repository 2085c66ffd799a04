import type { PrivilegeFound } from '#domain/policy/elevated.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** The directory's answer when an approval of this case was last judged (D2); null: nothing beyond the row. */
export const readPrivilegeFound = async (tx: Tx, verificationId: string): Promise<PrivilegeFound | null> => {
  const row = await tx.one<{ found: PrivilegeFound | null }>(
    'select privilege_found as found from verifications where tenant_id = $1 and id = $2',
    [tx.tenantId, verificationId],
    'read_privilege_found',
  )
  return row?.found ?? null
}

/**
 * Notes the answer; false where the same was noted before, where the case is over, and where it began as the case of a
 * privileged person: then no answer of a directory asks for more.
 */
export const notePrivilegeFound = async (
  tx: Tx,
  verificationId: string,
  found: PrivilegeFound | null,
): Promise<boolean> =>
  (await tx.run(
    `update verifications set privilege_found = $3
     where tenant_id = $1 and id = $2 and outcome is null and tier = 'standard' and privilege_found is distinct from $3`,
    [tx.tenantId, verificationId, found],
    'note_privilege_found',
  )) > 0
