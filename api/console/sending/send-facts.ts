import type { Policy } from '#domain/policy/policy.ts'
import type { SendAnswer } from '#domain/policy/may-send.ts'
import type { Purpose } from '#domain/verification/verification.ts'
import { readContactsOnFile } from '#services/people/contacts.ts'
import { canDirectory } from '#services/people/directory-syncs.ts'
import { findPerson, type Person } from '#services/people/people.ts'
import { judgeContacts, refusalCodes, type JudgedContact } from '#services/sending/judge-contacts.ts'
import { isOwnCase } from '#services/staff/staff.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import type { FactTools } from '#platform/facts/fact-deps.ts'
import type { StaffCaller } from '../../http/callers.ts'
import { Refused } from '../../http/errors.ts'
import { LimitReached } from '../../http/limit-reached.ts'

/** The person of a case and what policy says of sending to each contact. */
export type SendFacts = {
  readonly person: Person
  readonly isOwnCase: boolean
  /** The person's directory can do what the purpose asks for. */
  readonly isOffered: boolean
  readonly judged: readonly JudgedContact[]
}

type Asked = {
  readonly tx: Tx
  readonly keys: KeyRing
  readonly factTools: FactTools
  readonly staff: StaffCaller
  readonly policy: Policy
  readonly purpose: Purpose
  readonly personId: string
}

/** Reads the person, the contacts on file and every count, and asks the policy. @throws Refused not_found */
export const readSendFacts = async (asked: Asked): Promise<SendFacts> => {
  const { tx, keys, staff, personId, policy, purpose } = asked
  const [person, own, contacts, isOffered] = await Promise.all([
    findPerson(tx, personId),
    isOwnCase(tx, staff.personId, personId),
    readContactsOnFile(tx, keys, personId),
    canDirectory(tx, personId, purpose),
  ])
  if (person === undefined) throw new Refused('not_found')
  const { tier } = person
  const about = { policy, purpose, tier, role: staff.role, person, isOwnCase: own, startedBy: staff.staffId }
  return { person, isOwnCase: own, isOffered, judged: await judgeContacts(asked, tx, about, contacts) }
}

/** The refusal for a policy's no, by its first and gravest reason. */
export const refusalOfSend = ({ reasons: [reason], isForSupervisor }: SendAnswer): Refused => {
  if (reason === undefined) return new Refused('contact_not_allowed')
  if (reason === 'agent_limit') return new LimitReached('start')
  const code = refusalCodes[reason]
  if (code !== 'contact_not_allowed') return new Refused(code)
  return new Refused(isForSupervisor ? 'supervisor_required' : code, { reason })
}
