import type { Role } from '#domain/roles.ts'
import type { Sentence } from '../../contract/common.ts'

/** The next act for this reader: a supervisor reads that a case which waits for supervisors is theirs. */
export const instructionFor = (instruction: string | null, role: Role): Sentence | null => {
  if (instruction === null) return null
  const isOwn = instruction === 'supervisor' && role === 'supervisor'
  return { key: `instruction.${isOwn ? 'yours' : instruction}`, slots: {} }
}
