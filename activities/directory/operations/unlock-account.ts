import { noteUnlocked } from '#services/actions/account-locks.ts'
import { plainWrite, type Operation } from './operation.ts'

/**
 * An administrator may have unlocked the account, or its lock ran out: then there is nothing to write, and the person card
 * shows it as open.
 */
export const unlocking: Operation<'account_unlock'> = {
  create: plainWrite('account_unlock'),
  needless: async (tx, personId, { state }) => {
    if (state === 'locked') return null
    await noteUnlocked(tx, personId)
    return 'account_not_locked'
  },
  whenDone: (tx, { reset }) => noteUnlocked(tx, reset.personId),
}
