/**
 * The log of a directory's sign-ins makes networks known. Whoever signs in once with a stolen password would make their own
 * network known by it: so the newest sign-ins do not count, and a network counts once it was used for a while.
 */
export const signInLog = {
  /** As long as a changed contact rests. A younger sign-in is not even read. */
  restHours: 72,
  /** Days between the first sign-in from a network and the last one, at least. */
  spanDays: 7,
  /** A network is forgotten so many days after the last sign-in from it. */
  keptDays: 180,
  /** The first reading goes back so far. */
  firstDays: 30,
} as const
