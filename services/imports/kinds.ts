/**
 * The importer port: for each kind of file the schema of a row, whom it is about, and the facts that it says, exactly as
 * `db/question-facts.ts` reads them. A further source is a further entry here.
 */
import { z } from 'zod'
import { languages, type Language } from '#domain/languages.ts'
import type { ImportKind } from '#domain/questions/import-kinds.ts'
import type { Names } from '#domain/questions/plan.ts'
import { cellForms as c, monday, optional } from './cells.ts'

/** A fact on its way to the table. `key` separates facts of one person and family. */
export type NewFact = {
  readonly family: string
  readonly key: string
  readonly value: string
  readonly validFrom: Date | null
}

/** A row that its schema accepted. `other`: another person whom it names. */
export type ReadRow = {
  readonly person: string
  readonly other: { readonly column: string; readonly ref: string } | null
  /** The facts, once the other person is found. */
  readonly facts: (otherId: string) => readonly NewFact[]
}

/** One kind: parses the cells of a row, or says what is wrong with them. */
export type Kind = z.ZodType<ReadRow>

const utcDay = (day: string): Date => new Date(`${day}T00:00:00Z`)

const one = (family: string, value: string, validFrom: Date | null = null, key = ''): NewFact => ({
  family,
  key,
  value,
  validFrom,
})

const nameCell = optional(c.text)

/** The columns for the name of a value in each language. */
const nameColumns = <C extends string>(column: C) =>
  Object.fromEntries(languages.map((language) => [`${column}_${language}`, nameCell])) as {
    readonly [K in `${C}_${Language}`]: typeof nameCell
  }

/** The names that a row gives, for the value of a fact; nothing where it gives none. */
const namesIn = (row: Readonly<Record<string, unknown>>, column: string): { readonly names?: Names } => {
  const given = languages.flatMap((language) => {
    const name = row[`${column}_${language}`]
    return typeof name === 'string' ? [[language, name]] : []
  })
  return given.length === 0 ? {} : { names: Object.fromEntries(given) as Names }
}

const about = (person: string, ...facts: readonly NewFact[]): ReadRow => ({
  person,
  other: null,
  facts: () => facts,
})

/** The kinds by name. */
export const kinds: Readonly<Record<ImportKind, Kind>> = {
  managers: z
    .strictObject({ person: c.person, manager: c.person, since: c.day })
    .transform(({ person, manager, since }) => ({
      person,
      other: { column: 'manager', ref: manager },
      facts: (managerId: string) => [one('manager', managerId, utcDay(since))],
    })),
  offices: z
    .strictObject({ person: c.person, office: c.text, country: optional(c.country) })
    .transform(({ person, office, country }) =>
      about(person, one('office', JSON.stringify({ name: office, country }))),
    ),
  start_dates: z
    .strictObject({ person: c.person, start_date: c.day, by_merger: optional(c.yes_no) })
    .transform(({ person, start_date: day, by_merger: isByMerger }) =>
      about(person, one('start_date', day), one('merged', isByMerger === true ? 'yes' : 'no')),
    ),
  groups: z
    .strictObject({
      person: c.person,
      group_id: c.id,
      name: c.text,
      ...nameColumns('name'),
      kind: c.group_kind,
      last_active: c.moment,
    })
    .transform(({ person, group_id: id, name, kind, last_active: at, ...row }) =>
      about(person, one('group', JSON.stringify({ id, name, kind, ...namesIn(row, 'name') }), at, id)),
    ),
  weekly_meetings: z
    .strictObject({
      person: c.person,
      meeting_id: c.id,
      weekday: c.weekday,
      hour: c.hour,
      attendees: c.count,
    })
    .transform(({ person, meeting_id: id, weekday, hour, attendees }) =>
      about(person, one('weekly', JSON.stringify({ id, weekday, hour, attendees }), null, id)),
    ),
  meetings: z
    .strictObject({
      person: c.person,
      meeting_id: c.id,
      organiser: c.person,
      held: c.moment,
      attendees: c.count,
      accepted: c.yes_no,
      cancelled: optional(c.yes_no),
    })
    .transform(({ person, meeting_id: id, organiser, held, attendees, accepted, cancelled }) => ({
      person,
      other: { column: 'organiser', ref: organiser },
      facts: (organiserId: string) => [
        one(
          'joined',
          JSON.stringify({
            id,
            organiser: organiserId,
            attendees,
            accepted,
            cancelled: cancelled === true,
          }),
          held,
          id,
        ),
      ],
    })),
  busy_days: z
    .strictObject({ person: c.person, week_of: monday, weekdays: optional(c.weekdays) })
    .transform(({ person, week_of: week, weekdays }) =>
      about(person, one('busy_days', JSON.stringify({ weekdays: weekdays ?? [] }), utcDay(week))),
    ),
  sign_ins: z
    .strictObject({
      person: c.person,
      password_changed: optional(c.day),
      second_step_changed: optional(c.day),
    })
    .transform(({ person, password_changed: password, second_step_changed: secondStep }) =>
      about(person, one('sign_in', JSON.stringify({ password, secondStep }))),
    ),
  networks: z
    .strictObject({
      person: c.person,
      network: c.network,
      country: optional(c.country),
      sign_ins: c.times,
      last_seen: c.moment,
    })
    .transform(({ person, network: asn, country, sign_ins: times, last_seen: at }) =>
      about(
        person,
        one('network', JSON.stringify({ asn, country, times }), at, `${String(asn)} ${country ?? ''}`),
      ),
    ),
  devices: z
    .strictObject({
      person: c.person,
      device_id: c.id,
      kind: c.device_kind,
      model: c.text,
      asset_tag: optional(c.id),
      last_seen: c.moment,
    })
    .transform(({ person, device_id: id, kind, model, asset_tag: assetTag, last_seen: at }) =>
      about(person, one('device', JSON.stringify({ id, kind, model, assetTag }), at, id)),
    ),
  tickets: z
    .strictObject({
      person: c.person,
      ticket_id: c.id,
      category: c.text,
      ...nameColumns('category'),
      opened: c.moment,
    })
    .transform(({ person, ticket_id: id, category, opened, ...row }) =>
      about(person, one('ticket', JSON.stringify({ id, category, ...namesIn(row, 'category') }), opened, id)),
    ),
}
