/** Temporal starts these at an interval: how often, and how long one attempt may take at the worst. */
import type { ScheduleSettings } from '#platform/temporal/temporal-schedules.ts'

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** `hasDirectories`: the operator's file names some. */
export const schedulesFor = ({ hasDirectories }: { readonly hasDirectories: boolean }) => [
  ...(hasDirectories ? [directories] : []),
  ...always,
]

/** A directory tells what has changed, in seconds; reading everybody of a large one takes long. */
const directories: ScheduleSettings = {
  name: 'directories',
  activity: 'syncDirectories',
  everySeconds: minute,
  longestSeconds: 2 * hour,
}

const always: readonly ScheduleSettings[] = [
  // A quarter begins, or a source was connected.
  {
    name: 'question-lists',
    activity: 'keepQuestionLists',
    everySeconds: hour,
    longestSeconds: 20 * minute,
  },
  // Sources grow old without anybody doing anything. What somebody asks for is counted at once, by a loop.
  { name: 'thin-files', activity: 'countThinFiles', everySeconds: hour, longestSeconds: 20 * minute },
  { name: 'old-data', activity: 'deleteOldData', everySeconds: hour, longestSeconds: 20 * minute },
  // Three months are made ahead, so that a day without Temporal is of no consequence.
  { name: 'partitions', activity: 'makePartitions', everySeconds: day, longestSeconds: 10 * minute },
  { name: 'contacts', activity: 'lookAtContacts', everySeconds: day, longestSeconds: 2 * hour },
  { name: 'builtin-facts', activity: 'refreshBuiltinFacts', everySeconds: hour, longestSeconds: 20 * minute },
]
