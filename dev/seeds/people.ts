/** The people of a demo organisation: names, places, who reports to whom. Nothing here depends on the clock. */
import anyAscii from 'any-ascii'
import { uuidOf } from '#platform/database/record-events.ts'
import type { Chart, Department, DeskMember, Team } from './charts.ts'
import { type Culture, nameInOtherScript, namesOf, type PersonName } from './names.ts'
import { officeOf, type OfficeKey } from './offices.ts'
import { type Random, randomOf } from './random.ts'

/** A person before any date is fixed; ages are in days before the seed. */
export type SeedPerson = {
  readonly id: string
  readonly directoryId: string
  readonly login: string
  readonly workEmail: string
  readonly name: PersonName
  readonly displayName: string
  readonly title: string
  readonly department: string
  readonly team: string | null
  readonly office: OfficeKey
  readonly level: 'chief' | 'head' | 'lead' | 'member'
  readonly managerId: string | null
  readonly desk: DeskMember | null
  readonly tier: 'standard' | 'privileged'
  readonly accountState: 'active' | 'locked' | 'disabled' | 'not_started'
  readonly neverViaHelpDesk: boolean
  readonly hiredDaysAgo: number
  readonly managerDaysAgo: number
  readonly passwordDaysAgo: number
  readonly mfaDaysAgo: number | null
}

/** A place in the chart, before a person has it. */
type Slot = {
  readonly level: SeedPerson['level']
  readonly department: Department
  readonly team: Team | null
  readonly manager: number | null
  readonly desk: DeskMember | null
}

/** Years over which the first days of work are spread. */
const years = 12

/** The id of a demo organisation; the same on every machine. */
export const tenantIdOf = (chart: Chart): string => uuidOf('countersign demo', chart.slug)

/** An id below an organisation; the same on every machine. */
export const seedId = (chart: Chart, ...parts: readonly string[]): string =>
  uuidOf('countersign demo', chart.slug, ...parts)

const slotsOf = (chart: Chart): readonly Slot[] => {
  const [first] = chart.departments
  if (first === undefined) return []
  const slots: Slot[] = [{ level: 'chief', department: first, team: null, manager: null, desk: null }]
  for (const department of chart.departments) {
    const head = slots.push({ level: 'head', department, team: null, manager: 0, desk: null }) - 1
    for (const team of department.teams)
      slots.push(...slotsOfTeam(chart, department, team, head, slots.length))
  }
  return slots
}

/** A lead and members; `at`: the place of the lead. */
const slotsOfTeam = (
  chart: Chart,
  department: Department,
  team: Team,
  head: number,
  at: number,
): readonly Slot[] => {
  const random = randomOf(chart.slug, 'size', department.name, team.name)
  const size = random.int(chart.teamSize.least, chart.teamSize.most)
  const desk = chart.desk.filter((one) => one.department === department.name && one.team === team.name)
  const lead = desk.find((one) => one.isLead) ?? null
  const others = desk.filter((one) => one !== lead)
  return [
    { level: 'lead', department, team, manager: head, desk: lead },
    ...Array.from({ length: size }, (_, index): Slot => ({
      level: 'member',
      department,
      team,
      manager: at,
      desk: others[index] ?? null,
    })),
  ]
}

const known = new Map<string, readonly SeedPerson[]>()

/** Everybody, managers before those who report to them. Always the same people for a chart. */
export const peopleOf = (chart: Chart): readonly SeedPerson[] => {
  const people = known.get(chart.slug) ?? makePeople(chart)
  known.set(chart.slug, people)
  return people
}

const makePeople = (chart: Chart): readonly SeedPerson[] => {
  const taken = new Set<string>()
  const people: SeedPerson[] = []
  for (const [index, slot] of slotsOf(chart).entries()) {
    const manager = slot.manager === null ? null : (people[slot.manager] ?? null)
    people.push(personFor(chart, slot, index, manager, taken))
  }
  return people
}

const personFor = (
  chart: Chart,
  slot: Slot,
  index: number,
  manager: SeedPerson | null,
  taken: Set<string>,
): SeedPerson => {
  const random = randomOf(chart.slug, 'person', String(index))
  const office = random.weighted(slot.department.offices as Record<OfficeKey, number>)
  const name = nameFor(slot, office, index, random, taken)
  const displayName = displayed(name)
  const login = chart.loginPrefix + loginOf(name)
  const state = stateOf(chart, slot, random)
  const hiredDaysAgo = state === 'not_started' ? -9 : hiredOf(slot, random)
  const known = Math.max(1, hiredDaysAgo)
  return {
    id: seedId(chart, 'person', String(index)),
    directoryId: `${chart.slug}-${String(index).padStart(4, '0')}`,
    login,
    workEmail: `${loginOf(name)}@${chart.domain}`,
    name,
    displayName,
    title: titleOf(slot, random),
    department: slot.level === 'chief' ? 'Board' : slot.department.name,
    team: slot.team?.name ?? null,
    office,
    level: slot.level,
    managerId: manager?.id ?? null,
    desk: slot.desk,
    tier: isPrivileged(chart, slot, random) ? 'privileged' : 'standard',
    accountState: state,
    neverViaHelpDesk: slot.level === 'chief',
    hiredDaysAgo,
    managerDaysAgo: managerAge(known, random),
    passwordDaysAgo: Math.min(known, random.int(1, 240)),
    mfaDaysAgo: known > 20 && random.chance(0.8) ? random.int(20, known) : null,
  }
}

const nameFor = (
  slot: Slot,
  office: OfficeKey,
  index: number,
  random: Random,
  taken: Set<string>,
): PersonName => {
  const fixed = slot.desk ?? otherScriptFor(slot, index)
  const name = fixed === undefined ? drawName(office, random, taken) : { romanised: null, ...fixed }
  taken.add(loginOf(name))
  return { given: name.given, family: name.family, romanised: name.romanised }
}

/** Every thirteenth, and only members: names of managers are typed and compared in Latin letters. */
const otherScriptFor = (slot: Slot, index: number): PersonName | undefined =>
  slot.level === 'member' && index % 13 === 5 ? nameInOtherScript(Math.floor(index / 13)) : undefined

const drawName = (office: OfficeKey, random: Random, taken: ReadonlySet<string>): PersonName => {
  for (;;) {
    const culture = random.weighted(officeOf(office).cultures as Record<Culture, number>)
    const { given, family } = namesOf(culture)
    const name = { given: random.pick(given), family: random.pick(family), romanised: null }
    if (!taken.has(loginOf(name))) return name
  }
}

/** As the owner writes it: family name first where that is the custom of the script. */
const displayed = ({ given, family, romanised }: PersonName): string =>
  romanised !== null && /[\p{Script=Han}\p{Script=Hangul}]/u.test(family)
    ? `${family} ${given}`
    : `${given} ${family}`

/** "aurelie.beranger": Latin letters only. */
const loginOf = ({ given, family, romanised }: PersonName): string =>
  anyAscii(romanised ?? `${given} ${family}`)
    .toLowerCase()
    .replace(/['`’]/g, '')
    .replace(/[^a-z0-9-]+/g, '.')

const titleOf = (slot: Slot, random: Random): string => {
  if (slot.level === 'chief') return 'Managing Director'
  if (slot.level === 'head') return slot.department.headTitle
  if (slot.level === 'lead') return `${slot.team?.name ?? slot.department.name} Lead`
  return random.pick(slot.team?.titles ?? [slot.department.headTitle])
}

/** About one in seventeen: the board, and those who administer identities, networks or money. */
const isPrivileged = (chart: Chart, slot: Slot, random: Random): boolean => {
  if (slot.level === 'chief') return true
  if (slot.level === 'head') return ['Technology', 'Finance'].includes(slot.department.name)
  if (slot.desk !== null) return false
  return slot.team?.isPrivileged === true || (chart.slug !== 'lab' && random.chance(0.012))
}

/** The trial organisation stays tidy: whatever is picked there can be finished. */
const stateOf = (chart: Chart, slot: Slot, random: Random): SeedPerson['accountState'] => {
  if (chart.slug === 'lab' || slot.level !== 'member' || slot.desk !== null) return 'active'
  return random.weighted({ active: 92, locked: 5, disabled: 2, not_started: 1 })
}

/** Leaders are longer there; a few members have just begun. */
const hiredOf = (slot: Slot, random: Random): number => {
  const least = slot.level === 'member' && slot.desk === null ? 3 : 500
  return random.int(least, years * 365)
}

/** Most have their manager for long; a few since last week, which a check looks at. */
const managerAge = (known: number, random: Random): number =>
  Math.min(known, random.chance(0.02) ? random.int(2, 12) : random.int(60, 900))
