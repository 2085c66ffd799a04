/** Second factors: taken away one by one, once the account has the duty to set up another. */
import { isLate } from '../late.ts'
import type { MfaResetAnswer, Write } from '../port.ts'
import { statusProblem } from '../rest/api.ts'
import type { KeycloakOptions } from './options.ts'
import { credentialsOf, accountOf, type Credential, type KeycloakAccount } from './people.ts'
import type { KeycloakApi } from './session.ts'

const factorTypes = new Set(['otp', 'webauthn', 'webauthn-passwordless', 'recovery-authn-codes'])

/** The credentials that are factors beside the password; a passkey may be a first one, and was on the lost phone. */
export const factorsOf = (credentials: readonly Credential[]): readonly Credential[] =>
  credentials.filter(({ type }) => factorTypes.has(type))

/** True if the person has to set up the factors that the operator wants. */
export const hasEnrolment = ({ requiredActions }: KeycloakAccount, { enrolment }: KeycloakOptions): boolean =>
  enrolment.every((action) => requiredActions?.includes(action) === true)

/**
 * Takes the factors away. The duty comes first, so that at no moment the password alone signs in without it; a factor that
 * is left when the connection breaks is seen by reading back.
 */
export const resetMfa = async (
  api: KeycloakApi,
  options: KeycloakOptions,
  write: Write,
): Promise<MfaResetAnswer> => {
  const user = await accountOf(api, options, write.directoryId)
  if (user?.enabled !== true || isLate(write)) return { kind: 'not_written' }
  const factors = factorsOf(await credentialsOf(api, user.id))
  if (!(await askForEnrolment(api, options, user, write))) return { kind: 'not_written' }
  for (const { id } of factors) {
    const removed = await api.send(`/users/${user.id}/credentials/${id}`, { method: 'DELETE' })
    if (removed !== null && removed.status !== 204 && removed.status !== 404) throw statusProblem(removed)
  }
  return { kind: 'accepted', removed: factors.length, enrolment: null }
}

/** Records the duty to enrol. False: it was too late to. */
const askForEnrolment = async (
  api: KeycloakApi,
  { enrolment }: KeycloakOptions,
  user: KeycloakAccount,
  write: Write,
): Promise<boolean> => {
  const requiredActions = [...new Set([...(user.requiredActions ?? []), ...enrolment])]
  const body = { requiredActions }
  const answer = await api.send(`/users/${user.id}`, { method: 'PUT', body, mayGo: () => !isLate(write) })
  if (answer !== null && answer.status !== 204) throw statusProblem(answer)
  return answer !== null
}
