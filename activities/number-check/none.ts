import type { NumberCheck } from '../ports.ts'

/** No carrier is plugged in, so nothing is known of any number; a policy that asks gets no better answer (B20). */
export const noNumberCheck: NumberCheck = { check: () => Promise.resolve('unknown') }
