import { numberUse } from '#domain/policy/number-check.ts'
import type { OpenContact } from './db/contacts-read.ts'
import { readPolicyOf } from './db/policies.ts'
import { readNumberChecks } from './db/risk-reads.ts'
import type { Tx } from './db/transaction.ts'

/** Whether policy trusts a contact of this verification alone, after what its carrier said before the send (security.md B20). */
export type InDoubt = (contact: Pick<OpenContact, 'id' | 'kind'>) => boolean

/** Reads what was said of the numbers of a verification; nothing where its policy does not ask. */
export const numbersInDoubt = async (tx: Tx, verificationId: string): Promise<InDoubt> => {
  const { contacts } = await readPolicyOf(tx, verificationId)
  if (!contacts.checkNumbers) return () => false
  const said = await readNumberChecks(tx, verificationId)
  return ({ id, kind }) => kind === 'phone' && numberUse(contacts, said.get(id) ?? null) !== 'usual'
}
