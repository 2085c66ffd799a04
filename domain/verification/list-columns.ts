/** Columns of the list of verifications, in their order; a participant's name and e-mail share one. */
export const listColumns = [
  'participant',
  'purpose',
  'outcome',
  'risk',
  'state',
  'referrer',
  'channel',
  'ticket',
  'feedback',
  'started',
  'completed',
] as const

/** One column. */
export type ListColumn = (typeof listColumns)[number]
