import type { VerificationPanel } from '#api/contract/console-verifications.ts'
import type { PersonCard } from '#api/contract/console.ts'

/**
 * The card as the case beside it says: where that case stands, and that the password is new. The card itself is not
 * fetched again for that, since every fetch is a look-up that is recorded.
 */
export const withCase = (card: PersonCard, panel: VerificationPanel | null): PersonCard => {
  if (panel === null) return card
  const { row, action } = panel
  const isNewPassword = row.purpose === 'password_reset' && action.state === 'completed'
  const isUnlocked = row.purpose === 'account_unlock' && action.state === 'completed'
  return {
    ...card,
    accountState: isUnlocked && card.accountState === 'locked' ? 'active' : card.accountState,
    passwordChangedAt: (isNewPassword ? action.at : null) ?? card.passwordChangedAt,
    recent: card.recent.map((entry) =>
      entry.id === row.id ? { ...entry, state: row.state, outcome: row.outcome } : entry,
    ),
  }
}
