import { isActing, type Purpose } from '#domain/verification/verification.ts'
import type { Copy } from '../copy/index.ts'

/** How it stands with what a purpose asks for, by state. A purpose that writes nothing has no state but `none`, the same for all. */
export const actionWords = (copy: Copy, purpose: Purpose) =>
  copy.actions[isActing(purpose) ? purpose : 'password_reset']
