import { z } from 'zod'
import { placeKinds } from '#domain/places.ts'
import { StaffText } from './common.ts'

const Kind = z.enum(placeKinds)

const PlaceEntry = z.strictObject({ kind: Kind, value: z.string(), label: z.string().nullable() })

/** Both lists are empty for those who may not name anything. */
const Suggested = z.strictObject({ value: z.string(), people: z.int() })

/** The networks and devices that the organisation named, and those that it could name. */
export const Places = z
  .strictObject({
    entries: z.array(PlaceEntry),
    /** Devices that several people used within 30 days, the busiest first; `value`: the id of the device key. */
    sharedBy: z.array(Suggested),
    /** Addresses from which people with known devices passed within 30 days, the busiest first; `value`: a range. */
    officesBy: z.array(Suggested),
  })
  .meta({ id: 'Places' })
export type Places = z.infer<typeof Places>

/** `value` by kind: a range, the id of a device key, a country, or `yes`. */
export const AddPlaceInput = z.strictObject({
  kind: Kind,
  value: StaffText(60),
  label: StaffText(60).nullable(),
})

export const RemovePlaceInput = z.strictObject({ kind: Kind, value: StaffText(60) })
