/** Contacts on file: numbers and addresses with their age. No number or address here reaches anybody. */
import { maskContact } from '#domain/contact.ts'
import { contactPlace } from '#services/people/contacts.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { seal, valueIndex } from '#platform/crypto/sealing.ts'
import type { Row } from './bulk.ts'
import type { Chart } from './charts.ts'
import { daysBefore } from './facts.ts'
import { createNumbering, officeOf } from './offices.ts'
import { seedId, type SeedPerson, tenantIdOf } from './people.ts'
import { type Random, randomOf } from './random.ts'

/** A contact before it is sealed; ages in days before the seed. */
export type SeedContact = {
  readonly id: string
  readonly personId: string
  readonly kind: 'phone' | 'email'
  readonly label: 'work' | 'mobile' | 'private'
  readonly value: string
  readonly lineType: 'mobile' | 'fixed' | 'voip' | null
  readonly source: 'directory' | 'hr' | 'self_service'
  readonly firstSeenDaysAgo: number
  readonly changedDaysAgo: number
  readonly changedBy: 'participant' | 'help_desk' | 'directory' | 'hr'
}

/** All contacts of an organisation. */
export const contactsOf = (chart: Chart, people: readonly SeedPerson[]): readonly SeedContact[] => {
  const numberFrom = createNumbering()
  return people.flatMap((person) => contactsFor(chart, person, numberFrom))
}

type NumberFrom = ReturnType<typeof createNumbering>

const contactsFor = (chart: Chart, person: SeedPerson, numberFrom: NumberFrom): readonly SeedContact[] => {
  const random = randomOf(chart.slug, 'contacts', person.id)
  const isTidy = chart.slug === 'lab' || person.desk !== null
  // A few have nothing on file, which is a case of its own.
  if (!isTidy && random.chance(0.01)) return []
  return [
    { kind: 'email', label: 'work', value: person.workEmail, source: 'directory' } as const,
    ...phonesOf(person, isTidy, random, numberFrom),
    ...privateMailOf(person, isTidy, random),
  ].map((draft) => aged(chart, person, draft, isTidy, random))
}

const phonesOf = (
  person: SeedPerson,
  isTidy: boolean,
  random: Random,
  numberFrom: NumberFrom,
): readonly Draft[] => {
  const office = officeOf(person.office)
  const mobile = isTidy || random.chance(0.92) ? numberFrom(office.mobiles) : undefined
  const landline = random.chance(0.3) ? numberFrom(office.landlines) : undefined
  const drafts: Draft[] = []
  if (mobile !== undefined) drafts.push({ kind: 'phone', label: 'mobile', value: mobile, source: 'hr' })
  if (landline !== undefined)
    drafts.push({ kind: 'phone', label: 'work', value: landline, source: 'directory' })
  return drafts
}

const privateMailOf = (person: SeedPerson, isTidy: boolean, random: Random): readonly Draft[] =>
  isTidy || random.chance(0.55)
    ? [{ kind: 'email', label: 'private', value: privateAddress(person), source: 'self_service' }]
    : []

type Draft = Pick<SeedContact, 'kind' | 'label' | 'value' | 'source'>

/**
 * A private address at a public provider, which checks must recognise as such. The provider allows no hyphen in a
 * mailbox name, so that nobody can ever own it.
 */
const privateAddress = (person: SeedPerson): string =>
  `${person.workEmail.slice(0, person.workEmail.indexOf('@')).replaceAll('.', '-')}-private@gmail.com`

const aged = (
  chart: Chart,
  person: SeedPerson,
  draft: Draft,
  isTidy: boolean,
  random: Random,
): SeedContact => {
  const known = Math.max(1, person.hiredDaysAgo)
  const firstSeenDaysAgo = draft.source === 'directory' ? known : Math.min(known, random.int(40, 1_500))
  const isFresh = !isTidy && draft.label !== 'work' && random.chance(0.06)
  const isOften = random.chance(0.25)
  const later = isOften ? random.int(Math.min(30, firstSeenDaysAgo), firstSeenDaysAgo) : firstSeenDaysAgo
  return {
    ...draft,
    id: seedId(chart, 'contact', person.id, draft.kind, draft.label),
    personId: person.id,
    lineType: lineOf(draft, isTidy, random),
    firstSeenDaysAgo,
    // Yesterday afternoon, or five hours ago.
    changedDaysAgo: isFresh ? random.pick([0.2, 0.8, 1.1]) : later,
    changedBy: isFresh ? random.pick(['help_desk', 'participant'] as const) : changerOf(draft),
  }
}

const changerOf = ({ source }: Draft): SeedContact['changedBy'] =>
  source === 'self_service' ? 'participant' : source

/** Some numbers look like a mobile and end at an internet telephone; only the carrier's record says so. */
const lineOf = (draft: Draft, isTidy: boolean, random: Random): SeedContact['lineType'] => {
  if (draft.kind === 'email') return null
  if (draft.label === 'work') return 'fixed'
  return !isTidy && random.chance(0.03) ? 'voip' : 'mobile'
}

/** The rows, values sealed for their place and found by their index (E1, E3). */
export const contactRows = (
  chart: Chart,
  contacts: readonly SeedContact[],
  keys: KeyRing,
  at: Date,
): readonly Row[] => {
  const tenantId = tenantIdOf(chart)
  return contacts.map((contact) => ({
    tenant_id: tenantId,
    id: contact.id,
    person_id: contact.personId,
    kind: contact.kind,
    label: contact.label,
    value_sealed: seal(keys, contactPlace(tenantId, contact), contact.value),
    value_index: valueIndex(keys, tenantId, contact.kind, contact.value),
    masked: maskContact(contact.kind, contact.value),
    line_type: contact.lineType,
    source: contact.source,
    first_seen_at: daysBefore(at, contact.firstSeenDaysAgo),
    last_changed_at: daysBefore(at, contact.changedDaysAgo),
    changed_by: contact.changedBy,
    removed_at: null,
  }))
}
