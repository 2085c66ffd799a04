import type { BackgroundQueue } from './starts/background-queue.ts'
import type { Registry } from 'prom-client'
import type { Querier } from '#analytics/client.ts'
import type { ClientAddress } from '#domain/risk/facts.ts'
import type { TextTools } from '#domain/questions/plan.ts'
import type { Db } from '#platform/database/connect.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import type { Logger } from '#platform/process/log.ts'
import type { FactTools } from '#platform/facts/fact-deps.ts'
import type { EstimatePassword } from '#platform/crypto/password-quality.ts'
import type { IsBreached } from '#platform/crypto/password-range.ts'
import type { Ja4Source } from '#platform/network-data/ja4.ts'
import type { DataReport } from '#platform/network-data/data-report.ts'
import type { Verifications } from '#platform/temporal/temporal.ts'
import type { SignIn } from './auth/sign-in-port.ts'
import type { LiveHub } from './console/live/live-hub.ts'

/** The operator's settings, as far as the API needs them. */
export type ApiSettings = {
  /** Origins without a trailing slash; hosts of requests are held against them, links are never built from a request. */
  readonly consoleUrl: string
  readonly portalUrl: string
  /** Folder with `console/` and `portal/` as built. */
  readonly staticDir: string
  readonly oidcIssuer: string
  /** Secret by which provider callbacks are verified; null where the install sends no SMS. */
  readonly twilioAuthToken: string | null
  readonly isProduction: boolean
  /** The proxy tells the JA4 of clients this way; absent where it does not. */
  readonly ja4?: Ja4Source
  /** Page of our namespace in Temporal's web interface, for those who may see workflows; null when there is none. */
  readonly temporalUiUrl: string | null
}

/** Everything the API is made of; built once in `main.ts`, doubled in tests. */
export type ApiDeps = {
  readonly db: Db
  readonly keys: KeyRing
  readonly verifications: Verifications
  readonly querier: Querier
  readonly signIn: SignIn
  /** The same provider, with the portal's own redirect address. */
  readonly approverSignIn: Pick<SignIn, 'begin' | 'finish'>
  /** The same for participants who prove who they are. */
  readonly participantSignIn: Pick<SignIn, 'begin' | 'finish'>
  /** The caller's address from socket and X-Forwarded-For (H8). */
  readonly clientAddress: (socketAddress: string | undefined, forwarded: string | undefined) => ClientAddress
  readonly factTools: FactTools
  /** State and age of the network data, for operators. */
  readonly networkData: { report(at: number): DataReport }
  readonly estimatePassword: EstimatePassword
  /** The operator's service for breached passwords; absent: none is named. */
  readonly isBreached?: IsBreached
  readonly textTools: TextTools
  readonly log: Logger
  readonly metrics: Registry
  readonly live: LiveHub
  /** Keys the digests under which addresses are counted. */
  readonly rateSecret: string
  /** True once the process is on its way out: readiness says no. */
  readonly isEnding: () => boolean
  /** The queue of work after an answer; made where it is absent. */
  readonly backgroundQueue?: BackgroundQueue
  readonly settings: ApiSettings
}
