import type { Role } from '#domain/roles.ts'
import type { Sentence } from '../../contract/common.ts'

/** Says what is to be done next, for this reader: a supervisor is told what waits for supervisors. */
export const instructionFor = (instruction: string | null, role: Role): Sentence | null => {
  if (instruction === null) return null
  const isOwn = instruction === 'supervisor' && role === 'supervisor'
  return { key: `instruction.${isOwn ? 'yours' : instruction}`, slots: {} }
}
