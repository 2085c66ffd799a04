/**
 * `office`: an address range of the organisation's own · `gateway`: one of a web gateway or VPN pool · `shared_device`: a device
 * key that several people use · `country`: one where people work · `virtual_desktops`: people work on them
 */
export const placeKinds = ['office', 'gateway', 'shared_device', 'country', 'virtual_desktops'] as const

/** One kind. */
export type PlaceKind = (typeof placeKinds)[number]

/** A range, a device key's id, a country or `yes`; gateways and devices have a label. */
export type PlaceEntry = { readonly kind: PlaceKind; readonly value: string; readonly label: string | null }
