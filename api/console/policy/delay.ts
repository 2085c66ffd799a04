/** What weakens takes effect so long after it was accepted, that others may object, in seconds (D13). */
export const delaySeconds = 24 * 3600
