/** The named places and devices of an organisation as entries that an admin adds and removes one by one. */
import type { PlaceEntry, PlaceKind } from '#domain/places.ts'
import { callingCodeOfCountry } from '#platform/facts/phone.ts'
import { isDeviceKeyId, isOwnRange, isPlaceLabel, mostPlaces, type PlaceSettings } from './places.ts'

/** The field at fault, and why. */
export type PlaceFault = {
  readonly path: 'value' | 'label'
  readonly code: 'range' | 'device_key' | 'country' | 'yes' | 'label' | 'no_label' | 'too_many'
  readonly message: string
}

const ofValue = {
  office: [isOwnRange, 'range', 'a range as 203.0.113.0/24, /8 or longer (IPv6 /16)'],
  gateway: [isOwnRange, 'range', 'a range as 203.0.113.0/24, /8 or longer (IPv6 /16)'],
  shared_device: [isDeviceKeyId, 'device_key', '16 digits and letters from a to f'],
  country: [
    (text: string) => callingCodeOfCountry(text) !== null,
    'country',
    'two capital letters of a country',
  ],
  virtual_desktops: [(text: string) => text === 'yes', 'yes', 'nothing but yes'],
} as const satisfies Record<PlaceKind, readonly [(text: string) => boolean, PlaceFault['code'], string]>

const isLabelled = (kind: PlaceKind): boolean => kind === 'gateway' || kind === 'shared_device'

/** The first fault of an entry; null: it is good. */
export const faultOfPlace = ({ kind, value, label }: PlaceEntry): PlaceFault | null => {
  const [isGood, code, message] = ofValue[kind]
  if (!isGood(value)) return { path: 'value', code, message }
  if (!isLabelled(kind))
    return label === null ? null : { path: 'label', code: 'no_label', message: 'nothing is named here' }
  return label !== null && isPlaceLabel(label)
    ? null
    : { path: 'label', code: 'label', message: 'at most 60 letters, digits, blanks and common marks' }
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
  ...(settings.sharedDevices ?? []).map(({ keyId, label }) => entryOf('shared_device', keyId, label)),
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
  if (kind === 'gateway')
    return { gateways: entries.map(({ value, label }) => ({ cidr: value, label: label ?? '' })) }
  return { sharedDevices: entries.map(({ value, label }) => ({ keyId: value, label: label ?? '' })) }
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
