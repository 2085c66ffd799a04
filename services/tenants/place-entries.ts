/** The named places and devices of an organisation as entries that an admin adds and removes one by one. */
import type { PlaceEntry, PlaceKind } from '#domain/places.ts'
import { callingCodeOfCountry } from '#platform/facts/phone.ts'
import {
  isAsNumber,
  isDeviceKeyId,
  isOwnRange,
  isPlaceLabel,
  isShiftHours,
  mostPlaces,
  type PlaceSettings,
} from './places.ts'

/** The field at fault, and why. */
export type PlaceFault = {
  readonly path: 'value' | 'label'
  readonly code:
    'range' | 'device_key' | 'as_number' | 'country' | 'yes' | 'label' | 'hours' | 'no_label' | 'too_many'
  readonly message: string
}

const ofValue = {
  office: [isOwnRange, 'range', 'a range as 203.0.113.0/24, /8 or longer (IPv6 /16)'],
  gateway: [isOwnRange, 'range', 'a range as 203.0.113.0/24, /8 or longer (IPv6 /16)'],
  carrier: [isAsNumber, 'as_number', 'the number of a network, such as AS64500'],
  shared_device: [isDeviceKeyId, 'device_key', '16 digits and letters from a to f'],
  shift: [isPlaceLabel, 'label', 'the name of a department'],
  country: [
    (text: string) => callingCodeOfCountry(text) !== null,
    'country',
    'two capital letters of a country',
  ],
  virtual_desktops: [(text: string) => text === 'yes', 'yes', 'nothing but yes'],
} as const satisfies Record<PlaceKind, readonly [(text: string) => boolean, PlaceFault['code'], string]>

const aName = [isPlaceLabel, 'label', 'at most 60 letters, digits, blanks and common marks'] as const
const ofLabel: Partial<Record<PlaceKind, readonly [(text: string) => boolean, PlaceFault['code'], string]>> =
  {
    gateway: aName,
    carrier: aName,
    shared_device: aName,
    shift: [isShiftHours, 'hours', 'one to four spans of hours, as 22-06 or 06-14, 14-22'],
  }

/** The first fault of an entry; null: it is good. */
export const faultOfPlace = ({ kind, value, label }: PlaceEntry): PlaceFault | null => {
  const [isGood, code, message] = ofValue[kind]
  if (!isGood(value)) return { path: 'value', code, message }
  const rule = ofLabel[kind]
  if (rule === undefined)
    return label === null ? null : { path: 'label', code: 'no_label', message: 'nothing is named here' }
  const [isGoodLabel, labelCode, labelMessage] = rule
  return label !== null && isGoodLabel(label)
    ? null
    : { path: 'label', code: labelCode, message: labelMessage }
}

const entryOf = (kind: PlaceKind, value: string, label: string | null = null): PlaceEntry => ({
  kind,
  value,
  label,
})

/** Every entry, by kind. */
export const placesOf = (settings: PlaceSettings): readonly PlaceEntry[] => [
  ...(settings.egressCidrs ?? []).map((cidr) => entryOf('office', cidr)),
  ...(settings.gateways ?? []).map(({ cidr, label }) => entryOf('gateway', cidr, label)),
  ...(settings.carriers ?? []).map(({ asn, label }) => entryOf('carrier', `AS${String(asn)}`, label)),
  ...(settings.sharedDevices ?? []).map(({ keyId, label }) => entryOf('shared_device', keyId, label)),
  ...(settings.shifts ?? []).map(({ department, hours }) => entryOf('shift', department, hours)),
  ...(settings.expectedCountries ?? []).map((country) => entryOf('country', country)),
  ...(settings.hasVirtualDesktops === true ? [entryOf('virtual_desktops', 'yes')] : []),
]

const settingsOfKind = (
  kind: PlaceKind,
  entries: readonly { readonly value: string; readonly label: string | null }[],
): PlaceSettings => {
  const values = entries.map(({ value }) => value)
  if (kind === 'office') return { egressCidrs: values }
  if (kind === 'country') return { expectedCountries: values }
  if (kind === 'virtual_desktops') return { hasVirtualDesktops: values.length > 0 }
  const named = entries.map(({ value, label }) => [value, label ?? ''] as const)
  if (kind === 'gateway') return { gateways: named.map(([cidr, label]) => ({ cidr, label })) }
  if (kind === 'carrier')
    return { carriers: named.map(([value, label]) => ({ asn: Number(value.slice(2)), label })) }
  if (kind === 'shift') return { shifts: named.map(([department, hours]) => ({ department, hours })) }
  return { sharedDevices: named.map(([keyId, label]) => ({ keyId, label })) }
}

const othersOf = (settings: PlaceSettings, { kind, value }: Pick<PlaceEntry, 'kind' | 'value'>) =>
  placesOf(settings).filter((entry) => entry.kind === kind && entry.value !== value)

/** The settings with an entry, whose label is renewed where it is there already; a fault where the list is full. */
export const withPlace = (settings: PlaceSettings, entry: PlaceEntry): PlaceSettings | PlaceFault => {
  const entries = [...othersOf(settings, entry), entry]
  return entries.length > mostPlaces
    ? { path: 'value', code: 'too_many', message: `at most ${String(mostPlaces)} of them` }
    : { ...settings, ...settingsOfKind(entry.kind, entries) }
}

/** The settings without an entry. */
export const withoutPlace = (
  settings: PlaceSettings,
  entry: Pick<PlaceEntry, 'kind' | 'value'>,
): PlaceSettings => ({ ...settings, ...settingsOfKind(entry.kind, othersOf(settings, entry)) })

/** The entry that is there under this kind and value. */
export const findPlace = (
  settings: PlaceSettings,
  { kind, value }: Pick<PlaceEntry, 'kind' | 'value'>,
): PlaceEntry | undefined => placesOf(settings).find((entry) => entry.kind === kind && entry.value === value)
