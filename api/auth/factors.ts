/**
 * Authentication methods (RFC 8176 `amr`) that mean more than a password. Without one of them the console shows that
 * this install is below the bar (F5).
 */
const strongMethods: ReadonlySet<string> = new Set([
  'mfa',
  'otp',
  'hwk',
  'swk',
  'fpt',
  'face',
  'sc',
  'pop',
  'passkey',
])

/** True if a sign-in used a second factor or a passkey. */
export const hasSecondFactor = (amr: readonly string[]): boolean =>
  amr.some((method) => strongMethods.has(method))
