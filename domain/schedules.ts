/** Work that Temporal starts at an interval: how often, and how long one attempt may take at the worst. */

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** One kind of work. */
export type Schedule = {
  /** The name by which operators know it. */
  readonly name: string
  /** The activity that does it (activities/maintenance/scheduled-work.ts). */
  readonly activity: string
  readonly everySeconds: number
  readonly longestSeconds: number
  /** The variable that must be set; without it the schedule is not made. */
  readonly needs?: 'DIRECTORIES'
  /** Its row in docs/runbook.md. */
  readonly does: string
}

/** Every schedule. Each goes over all tenants, and doing its work twice changes no more than doing it once. */
export const schedules = [
  // A directory reports changes in seconds; reading everybody of a large one takes long.
  {
    name: 'directories',
    activity: 'syncDirectories',
    everySeconds: minute,
    longestSeconds: 2 * hour,
    needs: 'DIRECTORIES',
    does: 'reads what changed in each directory, and everybody once a day',
  },
  // Nothing that is younger than three days is read, so nothing is urgent.
  {
    name: 'sign-in-logs',
    activity: 'readSignInLogs',
    everySeconds: hour,
    longestSeconds: 2 * hour,
    needs: 'DIRECTORIES',
    does: "reads the logs of sign-ins for which the operator's file says `signInLog`, up to three days ago",
  },
  // Lists are due where a quarter begins, or a source was connected; the times of answers, once a day.
  {
    name: 'question-lists',
    activity: 'keepQuestionLists',
    everySeconds: hour,
    longestSeconds: 20 * minute,
    does: 'makes lists of options for new families of questions, and updates them once a quarter; once a day sums up how long people take to answer',
  },
  // Sources grow old by themselves, so the count is repeated. A count that an admin asks for is made at once, by a loop.
  {
    name: 'thin-files',
    activity: 'countThinFiles',
    everySeconds: hour,
    longestSeconds: 20 * minute,
    does: 'counts the people for whom no set of questions can be made',
  },
  {
    name: 'old-data',
    activity: 'deleteOldData',
    everySeconds: hour,
    longestSeconds: 20 * minute,
    does: "deletes what participants' devices reported after 30 days, and numbers of how they typed after 90; deletes answers to repeated requests and presses of the silent signal after one day",
  },
  // Three months are made ahead, so that a day without Temporal is of no consequence.
  {
    name: 'partitions',
    activity: 'makePartitions',
    everySeconds: day,
    longestSeconds: 10 * minute,
    does: "makes the database's partitions for the next three months",
  },
  {
    name: 'contacts',
    activity: 'lookAtContacts',
    everySeconds: day,
    longestSeconds: 2 * hour,
    does: 'opens every contact on file, to find those that no longer open',
  },
  {
    name: 'builtin-facts',
    activity: 'refreshBuiltinFacts',
    everySeconds: hour,
    longestSeconds: 20 * minute,
    does: "marks the facts of the demo's own directory as read",
  },
] as const satisfies readonly Schedule[]

/** The activities of all schedules. */
export type ScheduledActivity = (typeof schedules)[number]['activity']

/** Those of an install. `hasDirectories`: the operator's file names some. */
export const schedulesFor = ({ hasDirectories }: { readonly hasDirectories: boolean }) =>
  schedules.filter((schedule) => hasDirectories || !('needs' in schedule))
