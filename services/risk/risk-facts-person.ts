/** Facts about a person's history, habits and surroundings. */
import { likenessOf, type DeviceParts } from '#domain/risk/likeness.ts'
import type {
  CalendarFacts,
  DeviceLikeness,
  IdentityRisk,
  IpFacts,
  PersonaFacts,
  PersonCircumstances,
  RecentSignIn,
  Signal,
} from '#domain/risk/facts.ts'
import {
  type RiskCase,
  countSharedFailures,
  countStarted,
  readKnownParts,
  type CalendarRow,
  type PersonHistory,
} from './check-rows.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { FactDeps } from '#platform/facts/fact-deps.ts'
import { languageOf } from '#platform/network-data/country-languages.ts'
import type { DeviceDigests } from './sighting-facts.ts'

const dayMs = 24 * 3600 * 1000
/** Fewer are no campaign, whatever they share; only then is it worth counting how busy the day is. */
const fewestShared = 3
/** A shorter absence does not let an account fall asleep. */
const longAbsenceDays = 30

/** The part of the persona that is gathered here. */
export type FurtherFacts = Pick<PersonaFacts, 'tenure' | 'locale' | 'past' | 'campaign' | 'signals'>

/** The facts for persona checks beside account, contacts and attempts. */
export const personFacts = async (
  deps: FactDeps,
  tx: Tx,
  of: RiskCase,
  row: PersonHistory,
  seen: { readonly ip: IpFacts | null; readonly device: DeviceDigests | null; readonly at: number },
): Promise<FurtherFacts> => ({
  tenure: {
    hiredAt: row.hiredOn === null ? null : Date.parse(row.hiredOn),
    lastSignInAt: row.lastSignInAt?.getTime() ?? null,
  },
  locale: localeOf(deps, of, row),
  past: row.past,
  campaign: await campaignOf(tx, of, seen),
  signals: signalsOf(row, seen.at),
})

const localeOf = ({ factTools }: FactDeps, of: RiskCase, row: PersonHistory): PersonaFacts['locale'] => {
  const own = row.language === null ? [] : [languageOf(row.language) ?? []].flat()
  const expected = [...new Set([...own, ...(of.country === null ? [] : factTools.languagesOf(of.country))])]
  return expected.length === 0 ? null : { expected, seenBefore: row.spokenBefore }
}

const campaignOf = async (
  tx: Tx,
  of: RiskCase,
  { ip, device }: { readonly ip: IpFacts | null; readonly device: DeviceDigests | null },
): Promise<PersonaFacts['campaign']> => {
  const shared = await countSharedFailures(tx, {
    personId: of.personId,
    agentId: of.referrerKind === 'agent' ? of.referrerId : null,
    asn: ip === null ? null : ip.asn,
    deviceDigest: device === null ? null : device.whole,
  })
  if (shared.every(({ participants }) => participants < fewestShared))
    return { shared, started: 0, usuallyStarted: 0 }
  return { shared, ...(await countStarted(tx)) }
}

const signalsOf = (row: PersonHistory, at: number): PersonCircumstances => ({
  identityRisk: signal(row.riskConnected, row.risk, riskOf),
  recentSignIn: signal(row.signInConnected, row.signIn, signInOf),
  calendar: signal(row.calendarConnected, row.calendar, (calendar) => calendarOf(calendar, at)),
  // No control for it exists in the console.
  agentAlarm: { configured: false },
})

const signal = <Row, Value>(
  isConnected: boolean,
  row: Row | null,
  read: (row: Row) => Value,
): Signal<Value> =>
  isConnected ? { configured: true, value: row === null ? null : read(row) } : { configured: false }

const riskOf = ({
  level,
  detections,
  source,
  at,
  readAt,
}: NonNullable<PersonHistory['risk']>): IdentityRisk => ({
  level,
  detections,
  at: Date.parse(at),
  source: { name: source, version: '', asOf: readAt },
})

const signInOf = (row: NonNullable<PersonHistory['signIn']>): RecentSignIn => ({
  at: Date.parse(row.at),
  asn: row.asn,
  os: row.os,
  isInteractive: row.isInteractive,
  hasFreshFactor: row.hasFreshFactor ?? false,
})

const isNow = (from: string | null, until: string | null, at: number): boolean =>
  until !== null && Date.parse(until) > at && (from === null || Date.parse(from) <= at)

/** The facts of a calendar that hold at a moment. */
export const calendarOf = (row: CalendarRow, at: number): CalendarFacts => ({
  leaveUntil:
    row.leaveUntil !== null && isNow(row.leaveFrom, row.leaveUntil, at) ? Date.parse(row.leaveUntil) : null,
  travelCountries: isNow(null, row.travelUntil, at) ? row.travelCountries : [],
  isInJoinedMeeting: isNow(row.meetingFrom, row.meetingUntil, at),
  backSince: backSince(row, at),
})

const backSince = ({ leaveFrom, leaveUntil }: CalendarRow, at: number): number | null => {
  if (leaveFrom === null || leaveUntil === null) return null
  const end = Date.parse(leaveUntil)
  const wasLong = end - Date.parse(leaveFrom) >= longAbsenceDays * dayMs
  return wasLong && end <= at && at - end < 30 * dayMs ? end : null
}

/** The known device that is most like this one; null where nothing can be compared. */
export const likestDevice = async (
  tx: Tx,
  personId: string,
  device: DeviceDigests | null,
): Promise<DeviceLikeness | null> => {
  if (device === null) return null
  const known = (await readKnownParts(tx, personId)).map(({ parts, othersAlike }) => ({
    ...likenessOf(device.parts, parts as DeviceParts),
    othersAlike,
  }))
  return known.reduce<DeviceLikeness | null>(
    (best, one) => (best === null || one.share > best.share ? one : best),
    null,
  )
}
