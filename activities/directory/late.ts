import type { Write } from './port.ts'

/** Whether a write may no longer happen (R13). Looked at in the very turn that sends it, so that a paused process finds out. */
export const isLate = ({ notAfter }: Pick<Write, 'notAfter'>): boolean => Date.now() >= Date.parse(notAfter)
