import { numberUse } from '#domain/policy/number-check.ts'
import type { OpenContact } from '../people/contacts.ts'
import type { RiskRows } from './risk-rows.ts'

/** Tells if policy trusts a contact of this verification alone, after its carrier's answer before the send (B20). */
export type InDoubt = (contact: Pick<OpenContact, 'id' | 'kind'>) => boolean

/** By what was said of the numbers of a verification; nobody is in doubt where its policy does not ask. */
export const numbersInDoubt = ({
  contactRules,
  numberChecks,
}: Pick<RiskRows, 'contactRules' | 'numberChecks'>): InDoubt =>
  contactRules.checkNumbers
    ? ({ id, kind }) => kind === 'phone' && numberUse(contactRules, numberChecks[id] ?? null) !== 'usual'
    : () => false
