/** The facts that tell if people have a way through a policy, page by page of the directory. */
import type { ReachFacts } from '#domain/policy/reach.ts'
import type { Tier } from '#domain/verification/verification.ts'
import type { FactDeps } from '#platform/facts/fact-deps.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { sendContactOf } from '../messages/send-contact.ts'
import { readContactsOf, type OpenContact } from '../people/contacts.ts'
import { passkeyCounts } from '../passkeys/passkeys.ts'
import { hasCodesLeft, sheetCounts, sheetRestsFrom } from '../recovery-sheets/recovery-sheets.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** One person of the directory. */
export type ReachPerson = {
  readonly id: string
  readonly name: string
  /** Never handled, or an account that cannot be: no policy gives it a route. */
  readonly isHandled: boolean
  readonly facts: ReachFacts
}

type Row = {
  readonly id: string
  readonly name: string
  readonly tier: Tier
  readonly login: string
  readonly workEmail: string | null
  readonly isHandled: boolean
  readonly tenureDays: number | null
  readonly questionFacts: number
  readonly questionSources: number
  readonly hasApprover: boolean
  readonly hasPasskey: boolean
  readonly hasSignIn: boolean
  readonly hasPush: boolean
  readonly sheetMadeAt: Date | null
}

// A manager and the first day of work are facts of the directory; the rest is in its own table, with its source.
const peopleSql = `
  select p.id, p.display_name as name, p.tier, p.login, p.work_email as "workEmail",
    p.account_state in ('active', 'locked') and not p.never_via_help_desk as "isHandled",
    current_date - p.hired_on as "tenureDays",
    (p.manager_id is not null)::integer + coalesce(f.families, 0) as "questionFacts",
    coalesce(f.sources, 0) + (p.manager_id is not null and not coalesce(f.has_directory, false))::integer
      as "questionSources",
    exists (select from people a where a.tenant_id = $1 and a.account_state = 'active' and a.sign_in_subject is not null
      and not a.never_via_help_desk and a.id <> p.id and (a.id = p.manager_id or a.id in (
        select n.approver_id from named_approvers n where n.tenant_id = $1 and n.ended_at is null and n.effective_at <= now()
          and (n.person_id = p.id or n.team = p.team)))) as "hasApprover",
    exists (select from passkeys k where k.tenant_id = $1 and k.person_id = p.id and ${passkeyCounts}) as "hasPasskey",
    p.sign_in_subject is not null and exists (select from tenants t where t.id = $1 and t.oidc_issuer is not null) as "hasSignIn",
    exists (select from push_requests u where u.tenant_id = $1 and u.person_id = p.id and u.account = p.login) as "hasPush",
    (select ${sheetRestsFrom} from recovery_sheets s where s.tenant_id = $1 and s.person_id = p.id and ${sheetCounts}
      and ${hasCodesLeft}) as "sheetMadeAt"
  from people p left join lateral (
    select count(distinct family)::integer as families, count(distinct source)::integer as sources,
      bool_or(source = 'directory') as has_directory
    from facts where tenant_id = $1 and person_id = p.id and valid_to is null and family not in ('manager', 'network')) f on true
  where p.tenant_id = $1 and p.account_state <> 'deleted' and ($2::uuid is null or p.id > $2)
  order by p.id limit $3`

/** The next people by id, with their contacts; at most `limit`. Values of contacts are opened and leave only as facts. */
export const reachPage = async (
  tx: Tx,
  keys: KeyRing,
  deps: Pick<FactDeps, 'factTools'>,
  after: string | null,
  limit: number,
): Promise<readonly ReachPerson[]> => {
  const rows = await tx.named<Row>('reach_people', peopleSql, [tx.tenantId, after, limit])
  const contacts = new Map<string, OpenContact[]>(rows.map(({ id }) => [id, []]))
  for (const contact of await readContactsOf(tx, keys, [...contacts.keys()]))
    contacts.get(contact.personId)?.push(contact)
  return rows.map((row) => personOf(deps, row, contacts.get(row.id) ?? []))
}

const personOf = (
  deps: Pick<FactDeps, 'factTools'>,
  { id, name, isHandled, workEmail, login, sheetMadeAt, ...facts }: Row,
  contacts: readonly OpenContact[],
): ReachPerson => ({
  id,
  name,
  isHandled,
  facts: {
    ...facts,
    sheetMadeAt: sheetMadeAt?.getTime() ?? null,
    contacts: contacts.map((contact) => ({
      ...sendContactOf(deps, contact, { workEmail, login }),
      value: contact.valueIndex.toString('hex'),
    })),
  },
})
