import { isActing, type Purpose } from '#domain/verification/verification.ts'
import type { Copy } from '../copy/index.ts'

/**
 * The words for each state of a purpose's action. A purpose that writes nothing has no state but `none`, the same for
 * all.
 */
export const actionWords = (copy: Copy, purpose: Purpose) =>
  copy.actions[isActing(purpose) ? purpose : 'password_reset']
