import type { Role } from '#domain/roles.ts'
import type { Sentence } from '../../contract/common.ts'

/** What is to be done next, as whoever looks is told: what waits for a supervisor is the supervisor's own. */
export const instructionFor = (instruction: string | null, role: Role): Sentence | null => {
  if (instruction === null) return null
  const isOwn = instruction === 'supervisor' && role === 'supervisor'
  return { key: `instruction.${isOwn ? 'yours' : instruction}`, slots: {} }
}
