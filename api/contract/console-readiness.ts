import { z } from 'zod'
import { Id } from './common.ts'

const Department = z.string().max(200).nullable()

/** The number of people of each department who could prove who they are today, and by what. */
export const Readiness = z
  .strictObject({
    /** The page where people set up a passkey in advance; null: the policy does not let them. */
    enrolAddress: z.url().nullable(),
    departments: z.array(
      z.strictObject({
        department: Department,
        people: z.int(),
        passkey: z.int(),
        /** A passkey that does not count yet, or was reported. */
        waiting: z.int(),
        sheet: z.int(),
        signIn: z.int(),
        contacts: z.int(),
        none: z.int(),
      }),
    ),
  })
  .meta({ id: 'Readiness' })
export type Readiness = z.infer<typeof Readiness>

/** Without `department`: of every one; an empty one: people of none. */
export const ReadinessPeopleQuery = z.strictObject({
  department: z.string().max(200).optional(),
  lacking: z.enum(['none', 'passkey']),
  after: Id.optional(),
})

export const ReadinessPeople = z
  .strictObject({
    people: z.array(
      z.strictObject({
        id: Id,
        name: z.string(),
        login: z.string(),
        department: Department,
        team: z.string().nullable(),
        passkey: z.boolean(),
        waiting: z.boolean(),
        sheet: z.boolean(),
        signIn: z.boolean(),
        contacts: z.boolean(),
      }),
    ),
    more: z.boolean(),
  })
  .meta({ id: 'ReadinessPeople' })
export type ReadinessPeople = z.infer<typeof ReadinessPeople>

/** People of one page of the list at most. */
export const InviteInput = z.strictObject({ personIds: z.array(Id).min(1).max(50) })

/** `notInvited`: they have a passkey, were invited within seven days, have no mailbox on file, or may not set one up. */
export const Invited = z.strictObject({ invited: z.int(), notInvited: z.int() }).meta({ id: 'Invited' })
export type Invited = z.infer<typeof Invited>
