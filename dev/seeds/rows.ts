/** Rows of people, their accounts and the staff. */
import type { Row } from './bulk.ts'
import type { Chart } from './charts.ts'
import { dayOf, daysBefore } from './facts.ts'
import { officeOf } from './offices.ts'
import { seedId, type SeedPerson, tenantIdOf } from './people.ts'
import { randomOf } from './random.ts'

/** Rows of `people`. */
export const personRows = (chart: Chart, people: readonly SeedPerson[], at: Date): readonly Row[] =>
  people.map((person) => {
    const office = officeOf(person.office)
    return {
      tenant_id: tenantIdOf(chart),
      id: person.id,
      directory: 'builtin',
      directory_id: person.directoryId,
      login: person.login,
      work_email: person.workEmail,
      display_name: person.displayName,
      given_name: person.name.given,
      family_name: person.name.family,
      romanised_name: person.name.romanised,
      title: person.title,
      department: person.department,
      team: person.team,
      office: office.name,
      country: office.country,
      time_zone: office.timeZone,
      language: office.language,
      manager_id: person.managerId,
      sign_in_subject: subjectOf(person),
      hired_on: dayOf(daysBefore(at, person.hiredDaysAgo)),
      tier: person.tier,
      account_state: person.accountState,
      never_via_help_desk: person.neverViaHelpDesk,
      password_changed_at: daysBefore(at, person.passwordDaysAgo),
      mfa_changed_at: person.mfaDaysAgo === null ? null : daysBefore(at, person.mfaDaysAgo),
      pseudonym: seedId(chart, 'pseudonym', person.id),
      refreshed_at: at,
    }
  })

/**
 * Rows of the demo directory. Everybody has the same first password and one hash of it: hashing a thousand times would
 * take longer than the rest of the seed, and a demo's known password gains nothing by salts of its own. Each change
 * through the product makes a hash of its own.
 */
export const accountRows = (
  chart: Chart,
  people: readonly SeedPerson[],
  passwordHash: string,
  at: Date,
): readonly Row[] =>
  people.map((person) => ({
    tenant_id: tenantIdOf(chart),
    directory_id: person.directoryId,
    login: person.login,
    password_hash: passwordHash,
    version: 1,
    state: accountState(person),
    failed_tries: person.accountState === 'locked' ? 5 : 0,
    locked_at: person.accountState === 'locked' ? daysBefore(at, 0.1) : null,
    must_change: false,
    password_changed_at: daysBefore(at, person.passwordDaysAgo),
  }))

const accountState = ({ accountState: state }: SeedPerson): 'active' | 'locked' | 'disabled' =>
  state === 'not_started' ? 'disabled' : state

/** Accounts that the help desk never handles, with why. */
export const protectedRows = (chart: Chart, people: readonly SeedPerson[], at: Date): readonly Row[] =>
  people
    .filter(({ neverViaHelpDesk }) => neverViaHelpDesk)
    .map((person) => ({
      tenant_id: tenantIdOf(chart),
      id: seedId(chart, 'protected', person.login),
      person_id: person.id,
      reason: 'Heads the organisation: comes in person, with an identity card.',
      added_by_name: 'Countersign',
      added_at: daysBefore(at, 120),
    }))

/** The provider's immutable id of a person; staff and everybody else have one each, whatever they sign in to. */
const subjectOf = (person: SeedPerson): string =>
  person.desk === null ? `person-${person.id}` : `staff-${person.login}`

/** Rows of `staff`: people of the help desk as the identity provider knows them. */
export const staffRows = (
  chart: Chart,
  people: readonly SeedPerson[],
  issuer: string,
  at: Date,
): readonly Row[] =>
  people.flatMap((person) =>
    person.desk === null
      ? []
      : [
          {
            tenant_id: tenantIdOf(chart),
            id: seedId(chart, 'staff', person.login),
            issuer,
            subject: subjectOf(person),
            email: person.workEmail,
            display_name: person.displayName,
            role: person.desk.role,
            person_id: person.id,
            disabled_at: null,
            created_at: daysBefore(at, 120),
          },
        ],
  )

/** Sign-ins of 90 days: mostly from the office and from home, in working hours, on working days. */
export const signInRows = (chart: Chart, people: readonly SeedPerson[], at: Date): readonly Row[] =>
  people.flatMap((person) => signInsOf(chart, person, at))

const signInsOf = (chart: Chart, person: SeedPerson, at: Date): readonly Row[] => {
  const random = randomOf(chart.slug, 'sign-ins', person.id)
  const { country, networks } = officeOf(person.office)
  const [office, ...homes] = networks
  const home = random.pick(homes)
  const days = Math.min(90, person.hiredDaysAgo)
  const count = days < 1 ? 0 : Math.ceil(days * (0.25 + random.next() * 0.35))
  return Array.from({ length: count }, () => {
    const hour = random.weighted({ 7: 2, 8: 8, 9: 9, 10: 5, 11: 3, 13: 5, 14: 3, 15: 2, 16: 2, 19: 1, 21: 1 })
    return {
      tenant_id: tenantIdOf(chart),
      person_id: person.id,
      at: daysBefore(at, random.next() * days),
      country,
      asn: random.chance(0.6) ? office : home,
      local_hour: Number(hour),
      succeeded: !random.chance(0.04),
      source: 'directory',
    }
  })
}
