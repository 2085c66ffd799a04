/** Writes one demo organisation in one transaction: it is there as a whole or not at all. */
import type { Policy } from '#domain/policy/policy.ts'
import type { ApiScope } from '#domain/api-scopes.ts'
import { newApiKey } from '#platform/crypto/api-key.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { tokenHash } from '#platform/crypto/sealing.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { publishAllBlocks } from './blocks.ts'
import { insertRows } from './bulk.ts'
import type { Chart } from './charts.ts'
import { contactRows, contactsOf } from './contacts.ts'
import { daysBefore, factRows } from './facts.ts'
import { ticketSystem } from './history/starters.ts'
import { firstPolicy, secondPolicy, secondPolicyDays } from './policies.ts'
import { officeOf } from './offices.ts'
import { peopleOf, tenantIdOf } from './people.ts'
import { accountRows, personRows, protectedRows, signInRows, staffRows } from './rows.ts'

/** An organisation is written with these. */
export type SeedContext = {
  readonly keys: KeyRing
  /** The moment of the seed; every age counts back from it. */
  readonly at: Date
  readonly issuer: string
  readonly passwordHash: string
}

/** Writes the tenant and everything it starts with. Needs the owner's rights. */
export const writeOrganisation = async (tx: Tx, chart: Chart, context: SeedContext): Promise<void> => {
  const { keys, at, issuer, passwordHash } = context
  const people = peopleOf(chart)
  await insertRows(tx, 'tenants', [tenantRow(chart, issuer, at)])
  await insertRows(tx, 'policies', [
    policyRow(chart, firstPolicy(chart), daysBefore(at, 120)),
    policyRow(chart, secondPolicy(chart), daysBefore(at, secondPolicyDays)),
  ])
  await insertRows(tx, 'people', personRows(chart, people, at))
  await insertRows(tx, 'protected_accounts', protectedRows(chart, people, at))
  await insertRows(tx, 'contacts', contactRows(chart, contactsOf(chart, people), keys, at))
  await insertRows(tx, 'directory_accounts', accountRows(chart, people, passwordHash, at))
  await insertRows(tx, 'staff', staffRows(chart, people, issuer, at))
  await insertRows(tx, 'api_clients', [clientRow(chart, at)])
  await insertRows(tx, 'facts', factRows(chart, people, at))
  await insertRows(tx, 'sign_ins', signInRows(chart, people, at))
  await publishAllBlocks(tx, keys, at)
}

/** The ticket system that starts verifications. Nobody has its key: an operator makes another (docs/runbook.md). */
const clientRow = (chart: Chart, at: Date) => ({
  tenant_id: tenantIdOf(chart),
  ...ticketSystem(chart),
  scopes: ['verifications.start', 'verifications.read'] satisfies readonly ApiScope[],
  key_hash: tokenHash(newApiKey()),
  created_at: daysBefore(at, 120),
  last_used_at: at,
  expires_at: daysBefore(at, -245),
  revoked_at: null,
})

const policyRow = (chart: Chart, { version, ...document }: Policy, savedAt: Date) => ({
  tenant_id: tenantIdOf(chart),
  version,
  document,
  saved_by: 'seed',
  saved_by_name: 'Countersign',
  saved_at: savedAt,
})

const tenantRow = (chart: Chart, issuer: string, at: Date) => {
  const countries = new Set(peopleOf(chart).map((person) => officeOf(person.office).country))
  return {
    id: tenantIdOf(chart),
    slug: chart.slug,
    name: chart.name,
    settings: {
      accent: chart.accent,
      helpdeskPhone: chart.helpdeskPhone,
      languages: ['en', 'de', 'fr'],
      defaultRegion: 'US',
      timeZone: 'America/Chicago',
      egressCidrs: [],
      expectedCountries: [...countries].sort(),
      labBanner: chart.slug === 'lab',
    },
    oidc_issuer: issuer,
    created_at: at,
  }
}
