/** The reasons why an access report leaves something out; each has its sentence in the console's copy. */
export const withheldReasons = [
  /** Shown in another part of the report, opened and in words. */
  'elsewhere',
  /** Internal keys and counters that mean nothing outside. */
  'technical',
  /** Hashes, signatures and sealed values that open something. */
  'secret',
  /** This part would tell if an answer was right. */
  'answers',
  /** Values of other people. */
  'others',
  /** Raw reports of a browser; what was made of them is in the report as evidence. */
  'raw',
] as const

/** One reason. */
export type WithheldReason = (typeof withheldReasons)[number]

/** The reference of the request that a report answers: no words, since it is kept in the audit for good. */
export const referencePattern = /^[\p{L}\p{N}][\p{L}\p{N}#/._-]{0,39}$/u
