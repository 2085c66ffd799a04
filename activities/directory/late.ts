import type { Write } from './port.ts'

/**
 * True if a write may no longer happen (R13). The process that sends it looks in the same tick, so that one that was
 * paused finds out.
 */
export const isLate = ({ notAfter }: Pick<Write, 'notAfter'>): boolean => Date.now() >= Date.parse(notAfter)
