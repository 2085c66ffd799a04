/**
 * The reasons why a message did not arrive, from the words of providers and mail servers; the console has words for
 * each.
 */
export const deliveryProblems = [
  'no_such_address',
  'full',
  'blocked',
  'unreachable',
  'not_mobile',
  'opted_out',
  'no_contact',
  'not_configured',
  'interrupted',
  'not_taken',
  'other',
] as const

/** One of them. */
export type DeliveryProblem = (typeof deliveryProblems)[number]

/** Twilio's error codes that have a cause of their own. */
const twilio: Readonly<Record<string, DeliveryProblem>> = {
  '21211': 'no_such_address',
  '21217': 'no_such_address',
  '30005': 'no_such_address',
  '21614': 'not_mobile',
  '30006': 'not_mobile',
  '21610': 'opted_out',
  '21408': 'blocked',
  '21612': 'unreachable',
  '30003': 'unreachable',
  '30004': 'blocked',
  '30007': 'blocked',
  '30034': 'blocked',
  '63038': 'blocked',
}

/** Replies of SMTP where no enhanced code is known (RFC 5321). */
const smtp: Readonly<Record<string, DeliveryProblem>> = {
  '550': 'no_such_address',
  '551': 'no_such_address',
  '553': 'no_such_address',
  '552': 'full',
  '452': 'full',
  '554': 'blocked',
}

/** Enhanced status codes by subject and detail (RFC 3463). */
const enhanced: readonly (readonly [pattern: RegExp, problem: DeliveryProblem])[] = [
  [/^\d\.1\.(?:1|2|3|6|10)$/, 'no_such_address'],
  [/^\d\.2\.1$/, 'no_such_address'],
  [/^\d\.(?:2\.2|3\.1)$/, 'full'],
  [/^\d\.7\./, 'blocked'],
  [/^\d\.4\./, 'unreachable'],
]

const own: Readonly<Record<string, DeliveryProblem>> = {
  contact_gone: 'no_contact',
  sms_not_configured: 'not_configured',
  interrupted: 'interrupted',
  not_taken: 'not_taken',
}

/** The cause behind a code: `twilio_30003`, `smtp_550`, `dsn_5.1.1`, or our own; `other` where it names none. */
export const deliveryProblem = (code: string): DeliveryProblem => {
  const [kind, rest = ''] = code.split(/_(.*)/s)
  if (kind === 'twilio') return twilio[rest] ?? 'other'
  if (kind === 'smtp') return smtp[rest] ?? 'other'
  if (kind === 'dsn') return enhanced.find(([pattern]) => pattern.test(rest))?.[1] ?? 'other'
  return own[code] ?? 'other'
}
