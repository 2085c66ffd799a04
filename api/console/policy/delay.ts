/** A weakening takes effect this long after it was accepted, so that others may object, in seconds (D13). */
export const delaySeconds = 24 * 3600
