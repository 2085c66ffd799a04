import { type Role, roles } from './roles.ts'

const minute = 60
const hour = 60 * minute

/** The lifetimes of staff sessions, in seconds (F1, F3). The lifetime of a participant's session is in the policy. */
export const staffSessions = {
  /** A sign-in on its way. */
  signIn: 10 * minute,
  /** A session, used or not. */
  absolute: 8 * hour,
  /** A session that nobody uses, by the role of the member of staff. */
  idle: Object.fromEntries(
    roles.map((role) => [role, role === 'admin' ? 10 * minute : 15 * minute]),
  ) as Readonly<Record<Role, number>>,
} as const

/** The ending of a participant's session can be read, and feedback given, this long after its end: seconds. */
export const endingIsReadable = hour
