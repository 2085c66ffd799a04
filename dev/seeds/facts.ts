/**
 * The facts of connected sources about the demo people: the material of questions (see question-facts.ts for the form).
 */
import type { Chart } from './charts.ts'
import type { Row } from './bulk.ts'
import { calendarFacts, groupFacts, officeFacts } from './calendar-facts.ts'
import type { Fact } from './fact.ts'
import { officeOf } from './offices.ts'
import { seedId, type SeedPerson, tenantIdOf } from './people.ts'
import { type Random, randomOf } from './random.ts'

const dayMs = 24 * 3600 * 1000

/** A moment before another, in days. */
export const daysBefore = (at: Date, days: number): Date => new Date(at.getTime() - days * dayMs)

/** Made-up computers, each with a share of more than 2 %, so that lists of options may show all of them. */
const models = {
  'Norda Slate 13': 5,
  'Norda Slate 15': 5,
  'Kestrel Book 14': 5,
  'Kestrel Book 16': 5,
  'Ardent Lite 13': 4,
  'Ardent Lite 15': 4,
  'Tarn Studio 14': 4,
  'Tarn Studio 16': 4,
  'Wren Compact 12': 4,
  'Wren Compact 14': 4,
  'Norda Fold 11': 4,
  'Norda Fold 13': 4,
  'Kestrel Air 13': 4,
  'Kestrel Air 15': 4,
  'Ardent Plus 14': 4,
  'Ardent Plus 16': 4,
  'Tarn Field 12': 4,
  'Tarn Field 14': 4,
  'Wren Office 13': 4,
  'Wren Office 15': 4,
  'Osier Note 13': 4,
  'Osier Note 15': 4,
  'Osier Draft 14': 4,
  'Osier Draft 16': 4,
  'Corvid Desk 15': 3,
} as const

/** A small organisation has fewer models and subject areas: five lists of each would leave too few people behind two of them. */
const most = (chart: Chart): number => (chart.slug === 'lab' ? 12 : Infinity)

/** Each model as often as its weight says. Dealt out rather than drawn, so that small organisations keep the shares too. */
const dealtIn = (chart: Chart): readonly string[] =>
  Object.entries(models)
    .slice(0, most(chart))
    .flatMap(([model, weight]) => Array.from({ length: weight }, () => model))

/** Without a factor in common with the number of cards, so that neighbours differ and every card comes up. */
const stride = 37

/** Rare models are in no list; people who have one get other questions. */
const rareModels = ['Norda Tower 40', 'Quarry Station 9'] as const

/** Subject areas of tickets and their German names: everyday, harmless, alike in length. */
const ticketCategories: Readonly<Record<string, string>> = {
  Printing: 'Drucken',
  Wireless: 'Funknetz',
  'Remote access': 'Fernzugriff',
  Mailbox: 'Postfach',
  Calendar: 'Kalender',
  'Shared folders': 'Netzordner',
  'Meeting rooms': 'Tagungsraum',
  'New software': 'Neue Software',
  Screens: 'Monitore',
  Headsets: 'Kopfhörer',
  Browser: 'Browser',
  Keyboards: 'Tastaturen',
  Scanners: 'Scanner',
  Telephones: 'Telefonie',
  'Video calls': 'Videoanrufe',
  'Disk space': 'Speicherplatz',
  'Laptop dock': 'Dockingstation',
  Spreadsheets: 'Tabellen',
  Templates: 'Vorlagen',
  'File transfer': 'Dateitransfer',
  Backups: 'Sicherungen',
  'Door badges': 'Türausweise',
  Updates: 'Aktualisierung',
  'Slow computer': 'Langsamer PC',
  'Mobile phone': 'Mobiltelefon',
}

/** The subject areas of an organisation's tickets. */
export const ticketCategoriesOf = (chart: Chart): readonly string[] =>
  Object.keys(ticketCategories).slice(0, most(chart))

/** All rows of `facts`. `at`: the moment of the first seed, when every source was read. */
export const factRows = (chart: Chart, people: readonly SeedPerson[], at: Date): readonly Row[] =>
  people.flatMap((person, index) =>
    factsOf(chart, person, index, people, at).map((fact, place) => ({
      tenant_id: tenantIdOf(chart),
      id: seedId(chart, 'fact', person.id, fact.family, String(place)),
      person_id: person.id,
      family: fact.family,
      source: fact.source,
      value: fact.value,
      valid_from: fact.validFrom,
      valid_to: fact.validTo ?? null,
      read_at: at,
    })),
  )

const factsOf = (
  chart: Chart,
  person: SeedPerson,
  index: number,
  people: readonly SeedPerson[],
  at: Date,
): readonly Fact[] => {
  const random = randomOf(chart.slug, 'facts', person.id)
  return [
    ...hrFacts(person, at),
    ...deviceFacts(chart, person, index, random, at),
    ...formerDeviceFacts(chart, person, index, at),
    ...ticketFacts(chart, person, random, at),
    ...officeFacts(chart, person, officeOf(person.office)),
    ...calendarFacts(chart, person, people, at),
    ...groupFacts(chart, person, at),
  ]
}

/** A calendar day as the personnel system keeps it. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

const hrFacts = (person: SeedPerson, at: Date): readonly Fact[] => {
  const start = dayOf(daysBefore(at, person.hiredDaysAgo))
  const facts: Fact[] = [{ family: 'start_date', source: 'hr', value: start, validFrom: null }]
  if (person.managerId !== null)
    facts.push({
      family: 'manager',
      source: 'directory',
      value: person.managerId,
      validFrom: daysBefore(at, person.managerDaysAgo),
    })
  return facts
}

/** Sticker on a device: two letters and six digits, the last four of which no two devices of the first 10,000 share. */
const tagOf = (chart: Chart, number: number): string =>
  `${chart.tagPrefix}-${String(700_000 + ((number * 7_919 + 1_234) % 10_000))}`

const deviceFacts = (
  chart: Chart,
  person: SeedPerson,
  index: number,
  random: Random,
  at: Date,
): readonly Fact[] => {
  if (chart.slug === 'northwind' && person.desk === null && random.chance(0.04)) return []
  const isRare = chart.slug === 'northwind' && random.chance(0.03)
  const dealt = dealtIn(chart)
  const model = isRare ? random.pick(rareModels) : (dealt[(index * stride) % dealt.length] ?? rareModels[0])
  const device = {
    id: seedId(chart, 'device', person.id),
    kind: model.includes('Tower') || model.includes('Station') ? 'desktop' : 'laptop',
    model,
    assetTag: tagOf(chart, index),
  }
  const seen = daysBefore(at, random.int(0, 12))
  return [{ family: 'device', source: 'inventory', value: JSON.stringify(device), validFrom: seen }]
}

/** Models that nobody has had for years; a participant who picks one knows the organisation as it was (CHA_CANARY). */
const formerModels = ['Norda Slate 11', 'Kestrel Book 12', 'Tarn Studio 12'] as const

const formerDeviceFacts = (chart: Chart, person: SeedPerson, index: number, at: Date): readonly Fact[] => {
  if (person.hiredDaysAgo < 5 * 365 || index % 7 !== 0) return []
  const device = {
    id: seedId(chart, 'former device', person.id),
    kind: 'laptop',
    model: formerModels[index % formerModels.length],
    assetTag: null,
  }
  return [
    {
      family: 'device',
      source: 'inventory',
      value: JSON.stringify(device),
      validFrom: daysBefore(at, 5 * 365),
      validTo: daysBefore(at, 3.5 * 365),
    },
  ]
}

const ticketFacts = (chart: Chart, person: SeedPerson, random: Random, at: Date): readonly Fact[] => {
  if (random.chance(chart.slug === 'lab' ? 0.03 : 0.12) || person.hiredDaysAgo < 12) return []
  const category = random.pick(ticketCategoriesOf(chart))
  const ticket = {
    id: seedId(chart, 'ticket', person.id),
    category,
    names: { de: ticketCategories[category] },
  }
  const opened = daysBefore(at, random.int(9, Math.min(110, person.hiredDaysAgo)))
  return [{ family: 'ticket', source: 'tickets', value: JSON.stringify(ticket), validFrom: opened }]
}
