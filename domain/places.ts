/**
 * `office`: an address range of the organisation's own · `gateway`: one of a web gateway or VPN pool · `carrier`: a mobile
 * network, by its AS number · `shared_device`: a device key that several people use · `shift`: the working hours of a
 * department · `country`: one where people work · `virtual_desktops`: people work on them
 */
export const placeKinds = [
  'office',
  'gateway',
  'carrier',
  'shared_device',
  'shift',
  'country',
  'virtual_desktops',
] as const

/** One kind. */
export type PlaceKind = (typeof placeKinds)[number]

/** A range, an AS number, a device key's id, a department, a country or `yes`; the label names it, and of a shift is its hours. */
export type PlaceEntry = { readonly kind: PlaceKind; readonly value: string; readonly label: string | null }
