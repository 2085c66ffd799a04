import type { VerificationPanel } from '#api/contract/console-verifications.ts'
import type { PersonCard } from '#api/contract/console.ts'

/**
 * The card with what the case beside it knows: the state of that case, that the password is new, and that the account is not
 * locked any more. The card itself is not fetched again for that, since every fetch is a look-up that is recorded.
 */
export const withCase = (card: PersonCard, panel: VerificationPanel | null): PersonCard => {
  if (panel === null) return card
  const { row, action } = panel
  const isNewPassword = row.purpose === 'password_reset' && action.state === 'completed'
  return {
    ...(isUnlocked(card, panel) ? unlocked(card) : card),
    passwordChangedAt: (isNewPassword ? action.at : null) ?? card.passwordChangedAt,
    recent: card.recent.map((entry) =>
      entry.id === row.id ? { ...entry, state: row.state, outcome: row.outcome } : entry,
    ),
  }
}

/** By what was done, and as the directory said afterwards. */
const isUnlocked = (card: PersonCard, { action, participant }: VerificationPanel): boolean =>
  card.accountState === 'locked' && action.state === 'completed' && participant.accountState === 'active'

const unlocked = (card: PersonCard): PersonCard => ({
  ...card,
  accountState: 'active',
  warnings: card.warnings.filter(({ key }) => key !== 'warning.account_locked'),
})
