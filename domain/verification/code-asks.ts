/** A participant may ask again this often for a code to another contact, whether it was held back or did not arrive. */
export const mostCodeAsks = 3

/** A message gets this long to arrive before its code may be asked for again, seconds. */
export const codeAskRestSeconds = 60

/**
 * Each ask sends a code of its own: link 1 has the codes 1, 101, 201 and 301.
 * @param linkOrdinal 1 for the first link of a case; a case has fewer than 100
 * @param asks how often the participant asked again
 */
export const codeOrdinalOf = (linkOrdinal: number, asks: number): number => linkOrdinal + 100 * asks
