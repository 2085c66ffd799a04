import {
  mostSignInTries,
  readSignInRequest,
  type SignInProblem,
} from '#services/provider-sign-ins/provider-sign-ins.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { ApiDeps } from '../deps.ts'

/** The page of a sign-in at the organisation's provider shows this beside the case. */
export type SignInPage = {
  readonly host: string
  readonly problem: SignInProblem | null
  readonly triesLeft: number
}

/** Reads it for a case whose step it is. */
export const readSignInPage = async (
  { settings }: Pick<ApiDeps, 'settings'>,
  tx: Tx,
  verificationId: string,
): Promise<SignInPage> => {
  const request = await readSignInRequest(tx, verificationId)
  return {
    host: new URL(settings.oidcIssuer).host,
    problem: request?.problem ?? null,
    triesLeft: Math.max(0, mostSignInTries - (request?.tries ?? 0)),
  }
}
