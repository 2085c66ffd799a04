import type { Channel, Purpose } from '#domain/verification/verification.ts'
import type { Tx } from '../transaction.ts'
import { type Chart, charts } from './charts.ts'
import { contactsOf } from './contacts.ts'
import { peopleOf, seedId, tenantIdOf } from './people.ts'

/** A verification that the stack may start, as an agent would: open cases of a demo are real workflows. */
export type OpenCase = {
  readonly tenantId: string
  readonly staffId: string
  readonly personId: string
  readonly contactId: string
  readonly channel: Channel
  readonly purpose: Purpose
  readonly ticket: string
}

/** Two or three of each organisation, of people outside the help desk's own circle. */
export const openCases = (): readonly OpenCase[] => charts.flatMap(openCasesOf)

/** Whether a case was opened before: its ticket is used once in a demo. */
export const wasOpened = async (tx: Tx, { ticket }: OpenCase): Promise<boolean> =>
  (
    await tx.query('select from verifications where tenant_id = $1 and ticket collate "C" = $2 limit 1', [
      tx.tenantId,
      ticket,
    ])
  ).length > 0

const openCasesOf = (chart: Chart): readonly OpenCase[] => {
  const people = peopleOf(chart)
  const contacts = contactsOf(chart, people)
  const agents = people.filter(({ desk }) => desk?.role === 'agent')
  const called = people.filter(
    ({ level, tier, accountState, department }) =>
      level === 'member' && tier === 'standard' && accountState === 'active' && department !== 'Technology',
  )
  return agents.slice(0, 3).flatMap((agent, index) => {
    const person = called[index * 11]
    const contact = contacts.find((one) => one.personId === person?.id && one.label === 'work')
    if (person === undefined || contact === undefined) return []
    return [
      {
        tenantId: tenantIdOf(chart),
        staffId: seedId(chart, 'staff', agent.login),
        personId: person.id,
        contactId: contact.id,
        channel: contact.kind === 'phone' ? ('sms' as const) : ('email' as const),
        purpose: index === 2 ? ('identity_check' as const) : ('password_reset' as const),
        ticket: `INC-${String(60_000 + index)}`,
      },
    ]
  })
}
