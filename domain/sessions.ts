import { type Role, roles } from './roles.ts'

const minute = 60
const hour = 60 * minute

/** How long sessions of staff live, in seconds (F1, F3). What a participant's session lives is in the policy. */
export const staffSessions = {
  /** A sign-in on its way. */
  signIn: 10 * minute,
  /** A session, used or not. */
  absolute: 8 * hour,
  /** A session that nobody uses, by the role of whoever signed in. */
  idle: Object.fromEntries(
    roles.map((role) => [role, role === 'admin' ? 10 * minute : 15 * minute]),
  ) as Readonly<Record<Role, number>>,
} as const

/** How long the ending of a participant's session can be read, and feedback given, after its end: seconds. */
export const endingIsReadable = hour
