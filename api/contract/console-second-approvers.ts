import { z } from 'zod'
import { Id, Instant, StaffText } from './common.ts'

const StaffName = z.strictObject({ id: Id, name: z.string() })

/** A member of staff who is named to give second approvals. */
export const SecondNaming = z
  .strictObject({
    id: Id,
    state: z.enum(['proposed', 'waiting', 'in_force']),
    staff: StaffName,
    reason: z.string(),
    namedBy: StaffName,
    namedAt: Instant,
    acceptedBy: StaffName.nullable(),
    /** From then on, for cases that begin after it. */
    effectiveAt: Instant.nullable(),
  })
  .meta({ id: 'SecondNaming' })
export type SecondNaming = z.infer<typeof SecondNaming>

/** The people who may give second approvals. */
export const SecondApprovers = z
  .strictObject({
    byRole: z.array(StaffName),
    namings: z.array(SecondNaming),
    /** The people who could be named. */
    nameable: z.array(StaffName),
  })
  .meta({ id: 'SecondApprovers' })
export type SecondApprovers = z.infer<typeof SecondApprovers>

export const NameSecondInput = z.strictObject({ staffId: Id, reason: StaffText(500) })
/** `accept` alone lets something happen; taking away needs no second person. */
export const AcceptSecondInput = z.strictObject({ decision: z.literal('accept'), reason: StaffText(500) })
export const EndSecondInput = z.strictObject({ reason: StaffText(500) })
